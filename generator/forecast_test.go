package generator

import (
	"bytes"
	"os"
	"slices"
	"testing"

	"candor/generator/diag"
	"candor/generator/model"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

func dayOf(t *testing.T, s string) model.Day {
	t.Helper()
	day, err := model.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

// starterOn checks the starter, which is in the folder above.
func starterOn(t *testing.T, on string) *Content {
	t.Helper()
	c, err := Check(Input{Files: os.DirFS(".."), On: dayOf(t, on)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestForecastFindsTheFirstDay holds each day that is named against that day and the one before.
func TestForecastFindsTheFirstDay(t *testing.T) {
	c := starterOn(t, "2028-03-01")
	today := dayOf(t, "2027-01-10") // when some things are due already
	there := map[model.Day]map[string]bool{}
	on := func(day model.Day) map[string]bool {
		if there[day] == nil {
			there[day] = c.namesOn(day)
		}
		return there[day]
	}
	findings := c.Forecast(today)
	names := diag.Identities(findings)
	coming, last := 0, ""
	for i, f := range findings {
		if !on(c.On)[names[i]] {
			t.Errorf("%q is not there on the day itself", f.Message)
		}
		if f.From == "" {
			if !on(today)[names[i]] {
				t.Errorf("%q is not there today", f.Message)
			}
			continue
		}
		coming++
		if first := dayOf(t, f.From); !on(first)[names[i]] || on(first - 1)[names[i]] || on(today)[names[i]] {
			t.Errorf("%q does not begin on %s", f.Message, f.From)
		}
		if i != coming-1 || f.From < last {
			t.Errorf("%q of %s is out of order", f.Message, f.From)
		}
		last = f.From
	}
	if want := len(c.Findings.Findings()); len(findings) != want || coming < 50 || coming == want {
		t.Errorf("%d findings of %d, %d to come", len(findings), want, coming)
	}
}

// TestForecastOfTheSameDay: what is there today does not come.
func TestForecastOfTheSameDay(t *testing.T) {
	c := starterOn(t, "2027-03-01")
	if len(c.Findings.Findings()) == 0 {
		t.Fatal("the starter has no findings by then")
	}
	for _, f := range c.Forecast(c.On) {
		if f.From != "" {
			t.Errorf("%q comes on %s", f.Message, f.From)
		}
	}
}

// TestFormatsOfEveryRule holds the documents of all rules and many findings against their schemas, and writes them twice.
func TestFormatsOfEveryRule(t *testing.T) {
	c := starterOn(t, "2028-03-01")
	run := diag.Run{Findings: c.Forecast(dayOf(t, "2026-11-23")), Rules: Rules(), Version: "1", On: c.On.String(), Today: "2026-11-23"}
	sarif, err := os.ReadFile("diag/testdata/sarif-schema-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, schema := range map[string][]byte{"sarif": sarif, "json": diag.Schema()} {
		write := diag.WriteSARIF
		if name == "json" {
			write = diag.WriteJSON
		}
		var once, twice bytes.Buffer
		if err := write(&once, run); err != nil {
			t.Fatal(err)
		}
		run.Findings = slices.Clone(run.Findings)
		if err := write(&twice, run); err != nil || !bytes.Equal(once.Bytes(), twice.Bytes()) {
			t.Errorf("%s differs from one time to the next: %v", name, err)
		}
		parsed, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
		if err != nil {
			t.Fatal(err)
		}
		compiler := jsonschema.NewCompiler()
		compiler.AssertFormat()
		if err := compiler.AddResource("urn:schema", parsed); err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(&once)
		if err != nil {
			t.Fatal(err)
		}
		if err := compiler.MustCompile("urn:schema").Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
