package page

import (
	"fmt"
	"testing"
)

func TestContentsAroundAPage(t *testing.T) {
	var pages []NavPage
	for i := range 100 {
		pages = append(pages, NavPage{Text: fmt.Sprint(i), Address: fmt.Sprintf("/subprocessors/%d/", i)})
	}
	for _, test := range []struct {
		of          int
		address     string
		first, last string
		current     int // place in what is shown, -1 for none
		all         int
	}{
		{40, "/subprocessors/39/", "0", "39", 39, 0},
		{3, "/subprocessors/", "0", "2", -1, 0},
		{100, "/subprocessors/", "0", "39", -1, 100},
		{100, "/subprocessors/0/", "0", "39", 0, 100},
		{100, "/subprocessors/50/", "30", "69", 20, 100},
		{100, "/subprocessors/99/", "60", "99", 39, 100},
	} {
		shown, all := around(pages[:test.of], test.address)
		current := -1
		for i, item := range shown {
			if item.Current {
				current = i
			}
		}
		if all != test.all || current != test.current || shown[0].Text != test.first || shown[len(shown)-1].Text != test.last {
			t.Errorf("%d pages, at %s: %s to %s of %d, current %d; want %s to %s of %d, current %d", test.of, test.address, shown[0].Text, shown[len(shown)-1].Text, all, current,
				test.first, test.last, test.all, test.current)
		}
	}
	for _, p := range pages {
		if p.Current {
			t.Fatal("the contents of other pages are marked too")
		}
	}
	if shown, all := around(nil, "/updates/"); len(shown) != 0 || all != 0 {
		t.Errorf("a section without pages has %v", shown)
	}
}
