package page

import (
	"bytes"
	"encoding/xml"
	"image"
	_ "image/jpeg" // so that image.DecodeConfig reads it
	_ "image/png"
	"math"
	"strconv"
	"strings"
)

// logoHeight is how high the masthead shows a logo, in CSS pixels.
const logoHeight = 28

// logoWidth gives how wide a logo is at logoHeight, in CSS pixels, so that the name beside it does not move when it comes; 0 where the picture does not say.
func logoWidth(data []byte) int {
	width, height := 0.0, 0.0
	if c, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
		width, height = float64(c.Width), float64(c.Height)
	} else {
		width, height = drawnSize(data)
	}
	if !(width > 0 && height > 0) {
		return 0
	}
	return int(math.Round(logoHeight * min(width/height, 40)))
}

// drawnSize reads the size of an SVG drawing from its first element: of its view box, or else of its width and height.
func drawnSize(data []byte) (width, height float64) {
	var root struct {
		XMLName xml.Name `xml:"svg"`
		ViewBox string   `xml:"viewBox,attr"`
		Width   string   `xml:"width,attr"`
		Height  string   `xml:"height,attr"`
	}
	if xml.Unmarshal(data, &root) != nil {
		return 0, 0
	}
	number := func(s string) float64 {
		n, err := strconv.ParseFloat(strings.TrimSuffix(s, "px"), 64)
		if err != nil {
			return 0
		}
		return n
	}
	if box := strings.FieldsFunc(root.ViewBox, func(r rune) bool { return r == ' ' || r == ',' }); len(box) == 4 {
		return number(box[2]), number(box[3])
	}
	return number(root.Width), number(root.Height)
}
