package parse

import "testing"

// TestBrandNotations takes what CSS takes for a font stack and a radius, and nothing that could end the declaration in which it will stand.
func TestBrandNotations(t *testing.T) {
	for _, test := range []struct {
		form, value string
		good        bool
	}{
		{"font", "sans-serif", true},
		{"font", `Inter, "Helvetica Neue", sans-serif`, true},
		{"font", `-apple-system, BlinkMacSystemFont, 'Segoe UI', system-ui`, true},
		{"font", "Source Sans 3, serif", false}, // a bare name is made of words that begin with a letter
		{"font", `"Source Sans 3", serif`, true},
		{"font", "游ゴシック体, ui-sans-serif", true},
		{"font", "Inter", false},
		{"font", "sans-serif, Inter", false},
		{"font", "Inter,, sans-serif", false},
		{"font", `"Inter, sans-serif`, false},
		{"font", `"a"b", sans-serif`, false},
		{"font", "url(https://fonts.example/x), sans-serif", false},
		{"font", "x;} body {display:none, sans-serif", false},
		{"font", `"\22", sans-serif`, false},
		{"font", "var(--x), sans-serif", false},
		{"font", "</style>, sans-serif", false},
		{"font", "inherit", false},
		{"radius", "0", true},
		{"radius", "8", true},
		{"radius", "8px", true},
		{"radius", "16px", true},
		{"radius", "12.5px", true},
		{"radius", ".5rem", true},
		{"radius", "1rem", true},
		{"radius", "17", false},
		{"radius", "16.5px", false},
		{"radius", "-1px", false},
		{"radius", "50%", false},
		{"radius", "2rem", false},
		{"radius", "4px 8px", false},
		{"radius", "calc(1px)", false},
		{"color", "#1f6f5c", true},
		{"color", "#123", false},
	} {
		if message, hint := notation(test.form, test.value); (message == "") != test.good || (hint == "") != test.good {
			t.Errorf("%s %q: %q, %q", test.form, test.value, message, hint)
		}
	}
}
