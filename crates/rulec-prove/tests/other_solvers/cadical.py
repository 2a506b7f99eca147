"""CaDiCaL on clauses and checks, a line each on standard input; a line with True or False for each check. `new` forgets all clauses."""

import sys

from pysat.solvers import Cadical153

solver = None
for line in sys.stdin:
    kind, *literals = line.split()
    literals = [int(it) for it in literals]
    if kind == "new":
        if solver is not None:
            solver.delete()
        solver = Cadical153()
    elif kind == "clause":
        solver.add_clause(literals)
    else:
        print(solver.solve(assumptions=literals))
