package world

import (
	"fmt"
	"os"
)

// Main is the main of a back end.
func Main(engine string, check Check, run func(*World, []Query) ([]Verdict, error)) {
	usage := func() {
		fmt.Fprintf(os.Stderr, "usage: %s validate [--json] [-q] DIR|FILE...\n", engine)
		fmt.Fprintf(os.Stderr, "       %s eval [--ports TCP/80,UDP/53] [--external IP,...] [--self] WORLD.yaml...\n       %s decide < WORLDS.jsonl\n", engine, engine)
		os.Exit(2)
	}
	if len(os.Args) < 2 {
		usage()
	}
	switch os.Args[1] {
	case "validate":
		os.Exit(Validate(engine, os.Args[2:], check))
	case "decide":
		os.Exit(Decide(run))
	case "eval":
		os.Exit(Eval(engine, os.Args[2:], run))
	}
	usage()
}
