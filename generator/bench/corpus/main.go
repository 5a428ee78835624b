// Command corpus writes the pages that the benchmark builds twice: as a Candor site and as a Hugo site, the same text in both.
//
// A policy has some 900 words, eleven headings, a table, lists and a highlighted YAML block, made from a seeded generator: the same N gives
// the same bytes. With -flows it writes data flows of 12 steps as well, for the diagrams; with -vendors and -answers, what candor check reads of a large company. It is a tool for `make bench` alone.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"candor/generator/model"
)

var words = strings.Fields(`access control policy review owner data customer encryption key system asset vendor incident risk approval employee
contractor production change management backup recovery audit evidence framework requirement standard procedure logging monitoring retention
disposal privacy region availability confidentiality integrity training awareness vulnerability patch network segmentation authentication
authorization least privilege quarterly annual exception documented must should may reviewed approved maintained`)

var sections = []string{"Purpose", "Scope", "Policy statements", "Roles and responsibilities", "Procedure", "Exceptions", "Enforcement", "Review and revision"}

func main() {
	n := flag.Int("n", 1000, "policies")
	flows := flag.Int("flows", 0, "data flows of 12 steps")
	vendors := flag.Int("vendors", 0, "sub-processors, three for each flow")
	asked := flag.Int("answers", 0, "answers")
	flag.Parse()
	if flag.NArg() != 2 {
		fmt.Fprintln(os.Stderr, "usage: corpus [-n 1000] [-flows 0] [-vendors 0] [-answers 0] CANDOR-DIR HUGO-DIR")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), flag.Arg(1), size{*n, *flows, *vendors, *asked}); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(2)
	}
}

// A size is how much of each kind is written.
type size struct{ policies, flows, vendors, answers int }

func run(candor, hugo string, s size) error {
	n := s.policies
	for _, files := range []map[string]string{frame(s), registers(s.vendors), answers(s.answers, n)} {
		for name, text := range files {
			if err := write(filepath.Join(candor, "content", name), text); err != nil {
				return err
			}
		}
	}
	for name, text := range hugoSite {
		if err := write(filepath.Join(hugo, name), text); err != nil {
			return err
		}
	}
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 7))
		title := fmt.Sprintf("Policy %05d %s %s", i, pick(r), pick(r))
		body := policy(r, i, n)
		name := fmt.Sprintf("policy-%05d.md", i)
		front := fmt.Sprintf("---\ntitle: %q\nowner: security-lead\napproved_by: security-lead\napproved_on: 2026-%02d-%02d\nversion: \"1.%d\"\napproval_hash: %s\n---\n", title, i%6+5, i%28+1, i%10,
			model.Body{Source: []byte(body)}.Hash())
		if err := write(filepath.Join(candor, "content", "policies", name), front+body); err != nil {
			return err
		}
		front = fmt.Sprintf("---\ntitle: %q\nid: pol-%05d\nowner: Security Team\ndate: 2025-01-%02d\nversion: \"1.%d\"\n---\n", title, i, i%28+1, i%10)
		if err := write(filepath.Join(hugo, "content", "policies", name), front+body); err != nil {
			return err
		}
	}
	return nil
}

func write(name, text string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o644)
}

func pick(r *rand.Rand) string { return words[r.IntN(len(words))] }

func sentence(r *rand.Rand, n int) string {
	w := make([]string, n)
	for i := range w {
		w[i] = pick(r)
	}
	w[0] = strings.ToUpper(w[0][:1]) + w[0][1:]
	if n > 8 {
		w[3], w[6] = "**"+w[3]+"**", "`"+w[6]+"`"
	}
	return strings.Join(w, " ") + "."
}

func paragraph(r *rand.Rand, most int) string {
	var out []string
	for c := 0; c < most; {
		n := 9 + r.IntN(10)
		out = append(out, sentence(r, n))
		c += n
	}
	return strings.Join(out, " ")
}

func policy(r *rand.Rand, i, n int) string {
	var b strings.Builder
	for k, s := range sections {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n", s, paragraph(r, 45))
		switch k {
		case 2:
			b.WriteString("### Statements\n\n")
			for range 6 {
				fmt.Fprintf(&b, "- %s\n", sentence(r, 10))
			}
			b.WriteString("\n### Control mapping\n\n| Control | Framework | Owner | Status |\n|---|---|---|---|\n")
			for range 8 {
				fmt.Fprintf(&b, "| CC%d.%d | SOC 2 | %s %s | met |\n", 1+r.IntN(9), 1+r.IntN(9), pick(r), pick(r))
			}
			b.WriteString("\n")
		case 4:
			fmt.Fprintf(&b, "### Configuration\n\n```yaml\ncontrol:\n  id: ctl-%d\n  enabled: true\n  # review cadence\n  cadence: 90d\n  owners:\n    - role: security\n      name: %s\n    - role: engineering\n      name: %s\n  evidence:\n    - type: screenshot\n      path: evidence/%d.png\n      retention: 365\n    - type: log\n      query: >\n        select * from audit\n        where id = %d\n```\n\n", i, pick(r), pick(r), i, i)
			for j := range 5 {
				fmt.Fprintf(&b, "%d. %s\n", j+1, sentence(r, 12))
			}
			b.WriteString("\n")
		default:
			fmt.Fprintf(&b, "See [related policy](https://example.com/policies/%d) for more. %s\n\n", i*7%n, paragraph(r, 25))
		}
	}
	return b.String()
}
