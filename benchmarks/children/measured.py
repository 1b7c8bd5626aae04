"""Runs a command and tells, on the file descriptor named first, what it cost: seconds, CPU seconds, maxrss, exit code.

A process of its own, because the kernel counts what a process held before `exec` as the peak of the program after it:
started from here, next to nothing; started from the benchmark, everything the benchmark holds.
"""

import os
import sys
import time

told = int(sys.argv[1])
begin = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
wall = time.perf_counter() - begin
cpu = used.ru_utime + used.ru_stime
os.write(told, f"{wall} {cpu} {used.ru_maxrss} {os.waitstatus_to_exitcode(status)}".encode())
