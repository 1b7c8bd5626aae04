"""The rules of the Python side: what can happen to a name of the generated package, and whom it breaks.

The ratings speak of a program that was written against the old package and is type-checked and run against the new
one. Callers use client.py, models.py and the receivers of webhooks.py; servers implement the Protocols of server.py and
send webhooks. A type of models.py is made by one side and read by the other: what a request carries is made by callers,
what an answer or a webhook carries by servers. So a type that becomes narrower breaks who makes it, one that becomes
wider breaks who reads it, and a type that both directions use has a change in each.
"""

from __future__ import annotations

from typing import Final

from ringback.diff.model import Kind, Rating, Rule, Side

_BREAKING, _RISKY, _SAFE = Rating.BREAKING, Rating.RISKY, Rating.SAFE
_ADDED, _REMOVED, _CHANGED = Kind.ADDED, Kind.REMOVED, Kind.CHANGED


def _rule(code: str, kind: Kind, callers: Rating, servers: Rating, what: str, why: str) -> Rule:
    return Rule(f"python-{code}", Side.PYTHON, kind, callers, servers, what, why)


_TYPES: Final = (
    _rule("type-added", _ADDED, _SAFE, _SAFE,
          "models.py has a type more.",
          "No program written before can name it."),
    _rule("type-removed", _REMOVED, _BREAKING, _BREAKING,
          "models.py has a type less.",
          "A program that imports it does not start."),
    _rule("type-renamed", _CHANGED, _BREAKING, _BREAKING,
          "A type of models.py has another name.",
          "A program that imports the old name does not start."),
    _rule("type-replaced", _CHANGED, _BREAKING, _BREAKING,
          "A name of models.py stands for another kind of thing: an enum was a class of fields, say.",
          "What a program does with the one cannot be done with the other."),
    _rule("member-removed", _REMOVED, _BREAKING, _BREAKING,
          "An enum has a member less.",
          "A program that names the member, or gives its text as a literal, is refused by a type checker and fails "
          "when it gets there."),
    _rule("member-renamed", _CHANGED, _BREAKING, _BREAKING,
          "A member of an enum has another name; its text is the same.",
          "A program that names the member fails when it gets there."),
    _rule("request-member-added", _ADDED, _SAFE, _BREAKING,
          "An enum that requests carry has a member more.",
          "Callers need not send it. A server that tells all members apart is refused by a type checker until it "
          "knows the new one."),
    _rule("answer-member-added", _ADDED, _RISKY, _SAFE,
          "An enum that answers or webhooks carry has a member more.",
          "Enums are open when they are read, so that nothing fails before the program's own cases; but a caller "
          "that tells all members apart does not know the new one."),
    _rule("other-member-added", _ADDED, _SAFE, _SAFE,
          "An enum that no operation uses has a member more.",
          "Nothing carries it."),
)  # fmt: skip

_ATTRIBUTES: Final = (
    _rule("attribute-added", _ADDED, _SAFE, _SAFE,
          "A class has an attribute more, which may be left out or which only readers meet.",
          "Attributes are keyword arguments: nobody has to give it, nobody has to read it."),
    _rule("attribute-removed", _REMOVED, _BREAKING, _BREAKING,
          "A class has an attribute less.",
          "Who makes the object gives an argument that does not exist, who reads it an attribute that does not."),
    _rule("attribute-renamed", _CHANGED, _BREAKING, _BREAKING,
          "An attribute of a class has another name; the property is called the same on the wire.",
          "Both who makes the object and who reads it name the attribute."),
    _rule("attribute-retyped", _CHANGED, _BREAKING, _BREAKING,
          "An attribute has another type, and neither type fits where the other was.",
          "What was given no longer fits, and what is read no longer fits where it goes."),
    _rule("attribute-unchecked", _CHANGED, _RISKY, _RISKY,
          "An attribute's type was, or has become, `Any`.",
          "A type checker says nothing where `Any` stands; what happens shows when the program runs."),
    _rule("request-attribute-required", _CHANGED, _BREAKING, _SAFE,
          "A class that requests carry has an attribute that must be given now.",
          "Callers make the object, and leave the attribute out."),
    _rule("answer-attribute-required", _CHANGED, _SAFE, _BREAKING,
          "A class that answers or webhooks carry has an attribute that must be given now.",
          "Servers make the object, and leave the attribute out; callers find more than before."),
    _rule("request-attribute-narrowed", _CHANGED, _BREAKING, _SAFE,
          "An attribute of a class that requests carry takes less than before.",
          "Callers give what is refused now; servers read what they could read before."),
    _rule("answer-attribute-narrowed", _CHANGED, _SAFE, _BREAKING,
          "An attribute of a class that answers or webhooks carry takes less than before.",
          "Servers give what is refused now; callers read what they could read before."),
    _rule("request-attribute-widened", _CHANGED, _SAFE, _BREAKING,
          "An attribute of a class that requests carry takes more than before: null, nothing, another type.",
          "Callers give what they gave; servers read what they do not expect."),
    _rule("answer-attribute-widened", _CHANGED, _BREAKING, _SAFE,
          "An attribute of a class that answers or webhooks carry takes more than before: null, nothing, another "
          "type.",
          "Servers give what they gave; callers read what they do not expect."),
    _rule("other-attribute-changed", _CHANGED, _RISKY, _RISKY,
          "An attribute of a class that no operation uses is typed otherwise, or must be given now.",
          "The document does not say who makes the object and who reads it."),
)  # fmt: skip

_OPERATIONS: Final = (
    _rule("operation-added", _ADDED, _SAFE, _BREAKING,
          "The client and the server's Protocol have a method more.",
          "Nobody has to call it, but a class without it no longer implements the Protocol. Who derives from the "
          "Unimplemented base instead answers 501 to it."),
    _rule("operation-removed", _REMOVED, _BREAKING, _BREAKING,
          "The client and the server's Protocol have a method less, and its input and answers are gone.",
          "Callers call what is not there; servers import what is not there."),
    _rule("operation-renamed", _CHANGED, _BREAKING, _BREAKING,
          "The method of an operation has another name.",
          "Callers call what is not there; servers lack a method of the Protocol."),
    _rule("operation-moved", _CHANGED, _BREAKING, _BREAKING,
          "The method of an operation stands in another namespace of the client and another Protocol of the server.",
          "Callers look for it in the old namespace; servers lack it where the Protocol has it."),
    _rule("namespace-renamed", _CHANGED, _BREAKING, _BREAKING,
          "A namespace of the client, with the Protocol of its server, has another name.",
          "Every call goes through the namespace's name, every implementation through the Protocol's."),
    _rule("operation-deprecated", _CHANGED, _SAFE, _SAFE,
          "An operation is marked as deprecated, or no longer is.",
          "It does what it did."),
    _rule("constant-renamed", _CHANGED, _RISKY, _RISKY,
          "The row of an operation in operations.py has another name.",
          "Only programs that read the table themselves name it."),
    _rule("input-renamed", _CHANGED, _SAFE, _BREAKING,
          "The class of what arrives for an operation, or of its answers, has another name.",
          "Servers import it; callers never see it."),
    _rule("return-widened", _CHANGED, _BREAKING, _SAFE,
          "A method of the client gives something that does not fit where the old result went.",
          "Callers put the result where only the old type goes."),
    _rule("return-added", _ADDED, _SAFE, _SAFE,
          "A method of the client gives something, and gave nothing.",
          "No program does anything with nothing."),
    _rule("return-narrowed", _CHANGED, _SAFE, _SAFE,
          "A method of the client gives a type that fits wherever the old one went.",
          "Callers get less variety than they are ready for."),
    _rule("return-unchecked", _CHANGED, _RISKY, _SAFE,
          "What a method of the client gives was, or has become, `Any`.",
          "A type checker says nothing where `Any` stands; what happens shows when the program runs."),
    _rule("answer-added", _ADDED, _SAFE, _SAFE,
          "There is an answer class more for an operation.",
          "A server need not give it. Callers meet it as the status that it is: an error is a StatusError, documented "
          "or not."),
    _rule("answer-removed", _REMOVED, _SAFE, _BREAKING,
          "There is an answer class less for an operation.",
          "Servers import the class and return it."),
    _rule("answer-narrowed", _CHANGED, _SAFE, _BREAKING,
          "The body of an answer class takes less than before, or something else.",
          "Servers give what is refused now. What that means for callers is said of what their method returns."),
    _rule("answer-widened", _CHANGED, _SAFE, _SAFE,
          "The body of an answer class takes more than before.",
          "Servers give what they gave. What that means for callers is said of what their method returns."),
    _rule("answer-unchecked", _CHANGED, _SAFE, _RISKY,
          "The body of an answer class was, or has become, `Any`.",
          "A type checker says nothing where `Any` stands; what happens shows when the program runs. What that means "
          "for callers is said of what their method returns."),
)  # fmt: skip

_FORMER: Final = (
    _rule("former-name", _CHANGED, _SAFE, _SAFE,
          "Something has another name, and the package keeps the former one as a deprecated alias.",
          "A program that uses the former name works as it did. Type checkers that look for deprecations report it, and "
          "the run gives a DeprecationWarning. Without the alias this is the change that the message tells."),
    _rule("former-method", _CHANGED, _SAFE, _BREAKING,
          "A method has another name or another namespace, and the client keeps the former one as a deprecated alias.",
          "Callers are warned, and nothing else. Servers are refused by a type checker, because their Protocol asks for "
          "the method by its new name."),
)  # fmt: skip

_HEADERS: Final = (
    _rule("header-added", _ADDED, _SAFE, _SAFE,
          "An answer has a typed header more, which may be left out.",
          "A server need not give it, a caller need not read it."),
    _rule("header-removed", _REMOVED, _BREAKING, _BREAKING,
          "An answer has a typed header less.",
          "Servers give an argument that does not exist, callers read an attribute of a class of headers.py that does "
          "not."),
    _rule("header-renamed", _CHANGED, _BREAKING, _BREAKING,
          "The attribute of a typed header has another name; the header is called the same on the wire.",
          "Servers give it by name, callers read it by name."),
    _rule("header-required", _CHANGED, _SAFE, _BREAKING,
          "An answer has a typed header that must be given now.",
          "Servers leave it out; callers find more than before."),
    _rule("header-narrowed", _CHANGED, _SAFE, _BREAKING,
          "A typed header takes less than before.",
          "Servers give what is refused now; callers read what they could read before."),
    _rule("header-widened", _CHANGED, _BREAKING, _SAFE,
          "A typed header takes more than before: nothing, another type.",
          "Servers give what they gave; callers read what they do not expect."),
    _rule("header-retyped", _CHANGED, _BREAKING, _BREAKING,
          "A typed header has another type, and neither type fits where the other was.",
          "What servers give no longer fits, nor does what callers read."),
    _rule("header-unchecked", _CHANGED, _RISKY, _RISKY,
          "The type of a typed header was, or has become, `Any`.",
          "A type checker says nothing where `Any` stands; what happens shows when the program runs."),
    _rule("header-class-renamed", _CHANGED, _BREAKING, _SAFE,
          "A class of headers.py has another name.",
          "Callers import it to read the headers of an answer; servers give headers to the class of the answer."),
)  # fmt: skip

_ARGUMENTS: Final = (
    _rule("argument-added", _ADDED, _SAFE, _SAFE,
          "A method of the client takes an argument more, which may be left out.",
          "Nobody has to give it; a server need not look at it."),
    _rule("argument-added-required", _ADDED, _BREAKING, _SAFE,
          "A method of the client takes an argument more, which must be given.",
          "Every call lacks it; a server need not look at it."),
    _rule("argument-removed", _REMOVED, _BREAKING, _BREAKING,
          "A method of the client takes an argument less, and the server's input lacks it.",
          "Callers give it, servers read it."),
    _rule("argument-renamed", _CHANGED, _BREAKING, _BREAKING,
          "An argument of the client's method, and the attribute of the server's input, has another name; the value "
          "is the same on the wire.",
          "Callers give it by name, servers read it by name."),
    _rule("argument-required", _CHANGED, _BREAKING, _SAFE,
          "An argument that could be left out must be given.",
          "Callers leave it out; servers find it always."),
    _rule("argument-optional", _CHANGED, _SAFE, _BREAKING,
          "An argument that had to be given may be left out.",
          "Callers give it as before; servers find UNSET where they expect a value."),
    _rule("argument-narrowed", _CHANGED, _BREAKING, _SAFE,
          "An argument takes less than before.",
          "Callers give what is refused now; servers read what they could read before."),
    _rule("argument-widened", _CHANGED, _SAFE, _BREAKING,
          "An argument takes more than before: null, another type.",
          "Callers give what they gave; servers read what they do not expect."),
    _rule("argument-retyped", _CHANGED, _BREAKING, _BREAKING,
          "An argument has another type, and neither type fits where the other was.",
          "What callers give no longer fits, nor does what servers read."),
    _rule("argument-unchecked", _CHANGED, _RISKY, _RISKY,
          "An argument's type was, or has become, `Any`.",
          "A type checker says nothing where `Any` stands; what happens shows when the program runs."),
    _rule("argument-moved", _CHANGED, _BREAKING, _SAFE,
          "An argument that can be given by position stands at another one, or is given by name only.",
          "Callers that give it by position give something else, or too much."),
    _rule("body-spread", _CHANGED, _BREAKING, _SAFE,
          "The client's method takes each field of the body as an argument, and took the whole body as one; or the "
          "other way round.",
          "Every call that gives a body is written otherwise. Servers read the same object."),
    _rule("choice-removed", _REMOVED, _BREAKING, _SAFE,
          "A method of the client no longer lets its caller choose the media type, or offers fewer.",
          "Callers give the argument, or name a media type that is gone; servers never see it."),
    _rule("choice-added", _ADDED, _SAFE, _SAFE,
          "A method of the client lets its caller choose the media type, or offers more.",
          "Nobody has to choose."),
    _rule("credential-added", _ADDED, _RISKY, _SAFE,
          "The client takes a credential more.",
          "It may be left out, and comes from the environment then; whether requests pass without it, the security of "
          "each operation says."),
    _rule("credential-removed", _REMOVED, _BREAKING, _SAFE,
          "The client takes a credential less.",
          "Callers that give it by name are refused."),
    _rule("credential-moved", _CHANGED, _BREAKING, _SAFE,
          "A credential of the client stands at another position.",
          "Credentials are given by position: the wrong secret would go to the wrong place."),
)  # fmt: skip

_WEBHOOKS: Final = (
    _rule("webhook-added", _ADDED, _SAFE, _SAFE,
          "The receiver and the sender of webhooks have a method more.",
          "Nobody has to receive it or to send it by this method."),
    _rule("webhook-removed", _REMOVED, _BREAKING, _BREAKING,
          "The receiver and the sender of webhooks have a method less.",
          "Callers hand in a handler that nothing takes; servers call what is not there."),
    _rule("webhook-renamed", _CHANGED, _BREAKING, _BREAKING,
          "A webhook has another name in Python.",
          "Callers hand in its handler by name, servers call its method."),
    _rule("webhook-widened", _CHANGED, _BREAKING, _SAFE,
          "A webhook may carry what it could not carry before.",
          "Callers read what they do not expect; servers send what they sent."),
    _rule("webhook-narrowed", _CHANGED, _SAFE, _BREAKING,
          "A webhook carries less than it could.",
          "Servers send what is refused now; callers read what they could read before."),
    _rule("webhook-unchecked", _CHANGED, _RISKY, _RISKY,
          "What a webhook carries was, or has become, `Any`.",
          "A type checker says nothing where `Any` stands; what happens shows when the program runs."),
    _rule("webhook-retyped", _CHANGED, _BREAKING, _BREAKING,
          "A webhook carries another type.",
          "What servers send no longer fits, nor does what callers read."),
)  # fmt: skip

_ALL: Final = (
    *_TYPES, *_ATTRIBUTES, *_OPERATIONS, *_HEADERS, *_ARGUMENTS, *_WEBHOOKS, *_FORMER
)  # fmt: skip
PYTHON_RULES: Final = {rule.code: rule for rule in _ALL}
"""Every rule of the Python side, by its code."""
