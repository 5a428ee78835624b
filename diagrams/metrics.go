package diagrams

import "unicode"

// helvetica holds the advance widths of U+0020 to U+007E in thousandths of an em,
// from Adobe's font metrics for Helvetica; Arial and Liberation Sans keep them.
var helvetica = [...]int{
	278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
	556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
	1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
	667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
	333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
	556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
}

// widePadding is how much wider than one em a wide character is taken to be: in a
// browser, CJK text was found to exceed the estimate by up to 7 %.
const widePadding = 1.2

// markPadding is what a mark that sits on a letter is taken to add, in thousandths of
// an em. It has no width of its own, but a letter with marks that its font does not
// know is set in another font, which may be wider.
const markPadding = 60

// advance returns the estimated width of a character in thousandths of an em. For
// what Helvetica has not, it errs on the wide side.
func advance(r rune) float64 {
	switch {
	case r >= ' ' && int(r-' ') < len(helvetica):
		return float64(helvetica[r-' '])
	case unicode.Is(unicode.Mn, r):
		return markPadding
	case columns(r) == 0:
		return 0
	case isWide(r):
		return 1000 * widePadding
	case r >= 0x2190 && r <= 0x21FF, r == '…', r == '—', r == '™', r == '‰', r == '\uFFFD':
		return 1000
	case unicode.IsUpper(r):
		return 800
	case r < 0x0590:
		return 620
	}
	return 800
}

// textWidth returns the estimated width of one line set in Helvetica, in the unit
// of size.
func textWidth(line string, size float64) float64 {
	sum := 0.0
	for _, r := range line {
		sum += advance(r)
	}
	return sum * size / 1000
}
