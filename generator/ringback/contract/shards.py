"""A campaign cut into shards: a seed and a group of operations each, which need nothing of one another.

Resources that lie below one another stay together. A group also has what it needs of the others: what creates, lists and shows the
things whose identifiers it takes. That is work done twice, so there are only as many groups as keep all workers busy; where there
are seeds enough, a shard is a seed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from ringback.contract.options import Options
from ringback.wire import Contract, Resource


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of a campaign. `number` is from 0; `options` has one seed, its own time, and the operations it may ask."""

    number: int
    options: Options
    own: frozenset[str]  # labels; what else its options allow is needed by these


def shards_of(contract: Contract, options: Options, workers: int) -> tuple[Shard, ...]:
    """Cut a campaign for so many workers. The times of all shards together are that of the campaign."""
    seeds = tuple(dict.fromkeys(options.seeds)) or (1,)
    wanted = [one for one in labels(contract) if options.only is None or one in options.only]
    groups = groups_of(contract, wanted, 1 if len(seeds) >= workers else ceil(workers / len(seeds)))
    allowed = [group | (needs(contract, group) & frozenset(wanted)) for group in groups]
    whole = sum(map(len, allowed)) or 1
    found: list[Shard] = []
    for seed in seeds:
        for group, may in zip(groups, allowed, strict=True):
            seconds = options.max_time / len(seeds) * (len(may) / whole)
            only = may if len(groups) > 1 or options.only is not None else None
            one = replace(options, seeds=(seed,), max_time=seconds, only=only)
            found.append(Shard(len(found), one, group))
    return tuple(found)


def groups_of(contract: Contract, wanted: Sequence[str], most: int) -> tuple[frozenset[str], ...]:
    """The operations in at most so many groups of about the same size; each is in exactly one."""
    trees = sorted(_trees(contract, wanted), key=lambda tree: (-len(tree), min(tree)))
    groups: list[set[str]] = [set() for _ in range(max(1, min(most, len(trees))))]
    for tree in trees:
        min(groups, key=len).update(tree)
    return tuple(frozenset(group) for group in groups)


def needs(contract: Contract, group: Iterable[str]) -> frozenset[str]:
    """The operations that a group cannot be tested without, whether or not they are in it.

    These create, list and show what the group's identifiers name, and what that lies below. What nobody creates comes to be by
    itself out of something else: then whatever creates something at the top may be where it comes from.
    """
    found: set[str] = set()
    waiting = list(group)
    seen: set[str] = set()
    while waiting:
        label = waiting.pop()
        if label in seen:
            continue
        seen.add(label)
        for resource in _named_by(contract, label):
            makers = set(_labels(resource, "create", "list", "fetch"))
            if resource.create is None and not _created_elsewhere(contract, resource):
                tops = (one for one in contract.kinds.resources if one.parent is None)
                makers.update(one.create for one in tops if one.create is not None)
            waiting.extend(makers - seen)
            found |= makers
    return frozenset(found)


def labels(contract: Contract) -> list[str]:
    """The labels of all operations, in the order of the document."""
    return [contract.label(one) for one in contract.operations]


def _trees(contract: Contract, wanted: Sequence[str]) -> Iterator[set[str]]:
    """Operations that lie below one another. What belongs to no resource is a tree by the first words of its path."""
    by_name = {one.name: one for one in contract.kinds.resources}
    roots: dict[str, set[str]] = {}
    home: dict[str, str] = {}
    for resource in contract.kinds.resources:
        root = resource
        while root.parent is not None and root.parent in by_name:
            root = by_name[root.parent]
        others = (label for _, label in resource.others)
        for label in (*_labels(resource), *others):
            home.setdefault(label, root.name)
    paths = [(contract.operation(label).template, root) for label, root in home.items()]
    for label in wanted:
        template = contract.operation(label).template
        root_name = home.get(label) or _nearest(template, paths)
        roots.setdefault(root_name, set()).add(label)
    yield from roots.values()


def _nearest(template: str, paths: Sequence[tuple[str, str]]) -> str:
    """The tree that a path lies below; else one of its own."""
    above = [(path, root) for path, root in paths if template.startswith(path.rstrip("/") + "/")]
    if above:
        return max(above, key=lambda one: len(one[0]))[1]
    words = [word for word in template.split("/") if word and "{" not in word]
    return f"/{words[0].partition('.')[0]}" if words else "/"


def _named_by(contract: Contract, label: str) -> Iterator[Resource]:
    """The resources that an operation's path names items of, or whose kind of identifier it takes there."""
    kinds = contract.kinds
    for parameter in contract.operation(label).parameters:
        if parameter.location != "path":
            continue
        kind = kinds.of_parameter(label, "path", parameter.name)
        if kind is not None and kind.credential is None:
            yield from (one for one in kinds.resources if one.kind is kind)


def _created_elsewhere(contract: Contract, resource: Resource) -> bool:
    """Whether things of the same kind can be created under another path."""
    same = (one for one in contract.kinds.resources if one.kind is resource.kind)
    return any(one.create is not None for one in same)


def _labels(resource: Resource, *roles: str) -> Iterator[str]:
    for role in roles or ("create", "list", "fetch", "update", "delete"):
        label = getattr(resource, role)
        if label is not None:
            yield label
