package markdown

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
)

// policies makes n policies of about 900 words: eleven headings, a table, two
// lists and a YAML block that differs from policy to policy, as a template would.
func policies(n int) [][]byte {
	words := strings.Fields(`access control policy review owner data customer encryption key vendor incident risk
		approval employee production change backup recovery audit evidence standard procedure logging retention privacy
		region availability integrity training vulnerability patch network least privilege annual exception documented must may`)
	out := make([][]byte, n)
	for i := range out {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		sentence := func() string {
			s := make([]string, 9+r.IntN(9))
			for j := range s {
				s[j] = words[r.IntN(len(words))]
			}
			s[3], s[6] = "**"+s[3]+"**", "`"+s[6]+"`"
			return strings.Join(s, " ") + ". "
		}
		var b strings.Builder
		for k := range 8 {
			fmt.Fprintf(&b, "## Section %d %s\n\n%s%s%s%s\n\n", k, words[r.IntN(len(words))], sentence(), sentence(), sentence(), sentence())
			switch k {
			case 2:
				b.WriteString("### Statements\n\n")
				for range 6 {
					b.WriteString("- " + sentence() + "\n")
				}
				b.WriteString("\n### Mapping\n\n| Control | Framework | Owner | Status |\n|---|---|---|---|\n")
				for j := range 8 {
					fmt.Fprintf(&b, "| CC%d.%d | SOC 2 | %s | met |\n", j, r.IntN(9), words[r.IntN(len(words))])
				}
			case 4:
				fmt.Fprintf(&b, "### Configuration\n\n```yaml\ncontrol:\n  id: ctl-%d\n  enabled: true\n  # cadence\n  cadence: 90d\n"+
					"  owners:\n    - role: security\n      name: a\n    - role: engineering\n  evidence:\n    - type: log\n      query: >\n"+
					"        select * from audit\n        where id = %d\n```\n\n", i, i)
				for j := range 5 {
					fmt.Fprintf(&b, "%d. %s\n", j+1, sentence())
				}
			default:
				fmt.Fprintf(&b, "See [related](https://a.example/policies/%d). %s%s\n\n", i, sentence(), sentence())
			}
		}
		out[i] = []byte(b.String())
	}
	return out
}

func benchmark(b *testing.B, run func(src []byte)) {
	docs := policies(64)
	run(docs[0])
	b.ReportAllocs()
	b.SetBytes(int64(len(docs[0])))
	for i := 0; b.Loop(); i++ {
		run(docs[i%len(docs)])
	}
}

func BenchmarkRead(b *testing.B) { benchmark(b, func(src []byte) { Read(src) }) }

func BenchmarkRender(b *testing.B) {
	benchmark(b, func(src []byte) {
		if err := Render(io.Discard, src, Options{TopLevel: 2}); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkConvert(b *testing.B) {
	benchmark(b, func(src []byte) { Convert(src, Options{TopLevel: 2}) })
}

// BenchmarkConvertNewCode is Convert with a code block never seen before.
func BenchmarkConvertNewCode(b *testing.B) {
	n := 0
	benchmark(b, func(src []byte) {
		n++
		Convert(append(src[:len(src):len(src)], fmt.Sprintf("\n```yaml\nid: %d\ncadence: 90d\nowners:\n  - role: security\n```\n", n)...), Options{})
	})
}

func BenchmarkPlainText(b *testing.B) { benchmark(b, func(src []byte) { PlainText(src) }) }

func BenchmarkConvertRawHTML(b *testing.B) {
	tail := []byte("\n<details>\n<summary>More</summary>\n\nText<br>more <kbd>k</kbd>\n\n</details>\n")
	benchmark(b, func(src []byte) { Convert(append(src[:len(src):len(src)], tail...), Options{}) })
}
