package diagrams

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"white space is folded", "  a\t\n b\u2028c ", "a b c"},
		{"control characters go", "a\x00b\x1bc", "a b c"},
		{"bidirectional controls go", "admin\u202Egnp.exe\u2066x\u2069", "admingnp.exex"},
		{"zero-width characters go", "pay\u200Bpal\uFEFF\u2060\u00AD", "paypal"},
		{"joiners stay where scripts need them", "\u06CC\u200C\u06CC", "\u06CC\u200C\u06CC"},
		{"joiners go from ASCII", "a\u200Db", "ab"},
		{"emoji stay whole", "👩‍💻 ok", "👩‍💻 ok"},
		{"fillers and tags go", "a\u3164b\U000E0041c", "abc"},
		{"marks are limited", "e" + strings.Repeat("\u0301", 20), "e" + strings.Repeat("\u0301", maxMarks)},
		{"broken UTF-8 is replaced", "a\xffb", "a\uFFFDb"},
		{"nothing is left of nothing", "\u200B \u202E", ""},
	}
	for _, tt := range tests {
		if got := clean(tt.in); got != tt.want {
			t.Errorf("%s: clean(%q) = %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestWrap(t *testing.T) {
	tests := []struct {
		in   string
		want string // lines, separated by |
	}{
		{"", ""},
		{"Audit log", "Audit log"},
		{"Draft a reply", "Draft a reply"},
		{"Redact personal data", "Redact|personal data"},
		{"Agent reviews the draft", "Agent reviews|the draft"},
		{"Normalizes, deduplicates and redacts every inbound message", "Normalizes,|deduplicates and…"},
		{"WWWWWWWWWWWWWWWWWWWWWWWWWWWW", "WWWWWWWWWWWWWWWWWWWWWW|WWWWWW"},
		{"個人情報保護データベース", "個人情報保護|データベース"},
		{"お問い合わせ本文と添付ファイルの受信処理", "お問い合わせ本文と添|付ファイルの受信処理"},
		{"日本語のとても長い名前のついたデータベースの複製の保管庫", "日本語のとても長い名前|のついたデータベース…"},
		{"「引用」と、それから次の句点。ここまで", "「引用」と、それから|次の句点。ここまで"},
	}
	for _, tt := range tests {
		got := strings.Join(wrap(tt.in, labelColumns, labelLines, easyColumns), "|")
		if got != tt.want {
			t.Errorf("wrap(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// FuzzWrap: no line is wider than its limit, no character is split or invented, and
// what is short is kept whole.
func FuzzWrap(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := clean(s)
		if !utf8.ValidString(c) || clean(c) != c {
			t.Fatalf("clean(%q) = %q is not clean", s, c)
		}
		lines := wrap(c, labelColumns, labelLines, easyColumns)
		if len(lines) > labelLines {
			t.Fatalf("%d lines", len(lines))
		}
		for _, l := range lines {
			width := 0
			for _, cl := range clusters(l) {
				width += clusterColumns(cl)
			}
			if width > labelColumns || strings.TrimSpace(l) != l {
				t.Fatalf("line %q has %d columns", l, width)
			}
		}
		whole := strings.ReplaceAll(strings.Join(lines, ""), " ", "")
		original := strings.ReplaceAll(c, " ", "")
		if whole != original && !strings.HasPrefix(original, strings.TrimSuffix(whole, "…")) {
			t.Fatalf("%q became %q", c, lines)
		}
	})
}

// hostile holds texts that mean harm or trouble, for labels of every kind.
var hostile = []string{
	`\N \G \E \T \H \L \l \r \n`,
	`"quotes" and 'others'`,
	`<script>alert(1)</script>`,
	`& &amp; &lt; &amp;lt; &#60; &nbsp; &bogus;`,
	`--> ]]> <!-- ?> <![CDATA[`,
	"javascript:alert(1)",
	`<b>html</b>`,
	`]; evil [label="x"`,
	`"]; node [URL="javascript:alert(1)"]; x [label="`,
	`trailing backslash \`,
	"line\nbreak\r\nand\ttab\x00nul",
	"\uFEFFbyte-order mark",
	"\u202Ertl override\u202C and \u2066isolate\u2069",
	"zero\u200Bwidth\u200D",
	"رسالة العميل الأصلية",
	"הודעת לקוח",
	"個人情報保護データベース",
	"개인정보 보호 데이터베이스",
	"👩‍💻🚀 emoji 🏳️‍🌈",
	"Zalgo e\u0301\u0302\u0303\u0304\u0305\u0306\u0307",
	"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
	"MWMWMWMW MWMWMWMWMWMW MWMW",
	"\xff\xfe broken",
	"éèêëÀÉ ñ ß Œuvre ŁÓDŹ",
	"Ελληνικά Кириллица ไทย हिन्दी",
}

// TestMarksTakeRoom measures a letter under marks: wider than bare, for it may be set in a wider font, and narrower than two.
func TestMarksTakeRoom(t *testing.T) {
	bare, marked, two := textWidth("e", 10), textWidth("e\u0301\u0302", 10), textWidth("ee", 10)
	if marked <= bare || marked >= two {
		t.Errorf("a letter is %g wide, with two marks %g, two letters %g", bare, marked, two)
	}
}
