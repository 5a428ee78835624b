package main

import (
	"strconv"
	"strings"
)

// scripts are what names are made of: one that wraps nowhere, several that are not Latin, two that run from right to left, signs beyond the first plane, and what HTML reads as its own.
var scripts = []string{
	"Verantwortlichkeitsübertragungsnachweisführungsvorschriftensammlungsverwaltungsgesellschaft",
	"Northern Hemisphere Intergovernmental Records, Correspondence and Archives Reconciliation Company ",
	"東京都千代田区情報処理安全確保支援士人工知能倫理審査委員会株式会社",
	"الشركة الدولية لمعالجة البيانات وحفظ السجلات والذكاء الاصطناعي ",
	"החברה הבינלאומית לעיבוד נתונים, שמירת רשומות ובינה מלאכותית בע״מ ",
	"🛰📦🧾🪪🗄🧮📡🔭🧬🧯🪣🧲",
	"<b>Bold</b> & \"quoted\" 'single' </script><!-- x --> &amp; ",
	"บริษัทประมวลผลข้อมูลและเก็บรักษาบันทึกปัญญาประดิษฐ์จำกัดมหาชน",
	"अंतर्राष्ट्रीय आँकड़ा संसाधन एवं अभिलेख संरक्षण कृत्रिम बुद्धिमत्ता ",
	"İstanbul Çağrı Şirketi, Łódź Žižkov Øresund Ångström Ǻ ",
	"한국정보보호산업진흥원인공지능데이터처리위원회",
	"WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
}

// hard gives the name of number n with exactly so many characters: the end tells it from the others of its script.
func hard(n, characters int) string {
	end := []rune(" " + numeral(n))
	script := []rune(scripts[n%len(scripts)])
	var name []rune
	for len(name) < characters-len(end) {
		name = append(name, script...)
	}
	name = name[:characters-len(end)]
	for i := len(name) - 1; i > 0 && name[i] == ' '; i-- { // a space at the end would be cut off
		name[i] = '-'
	}
	return string(append(name, end...))
}

// numeral gives n in letters, so that no version, day or amount is read into a name.
func numeral(n int) string {
	const digits = "BCDFGHJKLM"
	var b strings.Builder
	for _, digit := range strconv.Itoa(n) {
		b.WriteByte(digits[digit-'0'])
	}
	return b.String()
}
