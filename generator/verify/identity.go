package verify

import (
	"encoding/json"
	"fmt"
	"strings"
)

// telling are the files that say what a site was built from.
var telling = []string{"trust.json", "index.html"}

// shortHash is how many digits of the content's hash the front page shows.
const shortHash = 12

// identify reads what the site says of itself, and holds its files against each other: each may be what a manifest lists, and still not of one build, when somebody
// put them together and wrote the manifest anew.
func (t *tally) identify() {
	data, ok := t.kept["trust.json"]
	if !ok {
		return
	}
	var d struct {
		Site Identity `json:"site"`
	}
	if json.Unmarshal(data, &d) != nil {
		return // which the manifest lists: an early version, or none of candor's
	}
	id := d.Site
	for _, s := range []*string{&id.Company, &id.BaseURL, &id.BuiltOn, &id.ContentHash, &id.Generator} {
		*s = around(*s, 0)
	}
	t.report.Identity = &id
	front, ok := t.kept["index.html"]
	if !ok || len(id.ContentHash) < shortHash || !strings.Contains(string(front), "Made from content") {
		return // a theme of the site's own may leave it out
	}
	if !strings.Contains(string(front), id.ContentHash[:shortHash]) {
		t.report.Faults = append(t.report.Faults, Fault{Path: "trust.json", Kind: Inconsistent, Hint: "build and publish again, whole",
			Cause: fmt.Sprintf("it was made from content %s, and the front page from other content", id.ContentHash[:shortHash])})
	} else if id.BuiltOn != "" && !strings.Contains(string(front), id.BuiltOn) {
		t.report.Faults = append(t.report.Faults, Fault{Path: "trust.json", Kind: Inconsistent, Hint: "build and publish again, whole",
			Cause: fmt.Sprintf("it was built on %s, and the front page on another day", id.BuiltOn)})
	}
}
