package criteria

import "fmt"

// numbered gives "first.1" to "first.n", "first+1.1" and so on, one count for each number.
func numbered(prefix string, first int, counts ...int) []string {
	var ids []string
	for i, count := range counts {
		for n := 1; n <= count; n++ {
			ids = append(ids, fmt.Sprintf("%s%d.%d", prefix, first+i, n))
		}
	}
	return ids
}

// trustServicesCriteria gives the 61 criteria of TSP section 100, "2017 Trust Services Criteria for Security, Availability, Processing
// Integrity, Confidentiality, and Privacy (With Revised Points of Focus, 2022)", AICPA.
func trustServicesCriteria() []string {
	ids := numbered("CC", 1, 5, 3, 4, 2, 3, 8, 5, 1, 2)
	ids = append(ids, numbered("A", 1, 3)...)
	ids = append(ids, numbered("C", 1, 2)...)
	ids = append(ids, numbered("PI", 1, 5)...)
	return append(ids, numbered("P", 1, 1, 1, 2, 3, 2, 7, 1, 1)...)
}

// riskManagementFramework gives the 72 subcategories of the AI RMF core: NIST AI 100-1, January 2023, tables 1 to 4.
func riskManagementFramework() []string {
	ids := numbered("govern-", 1, 7, 3, 2, 3, 2, 2)
	ids = append(ids, numbered("map-", 1, 6, 3, 5, 2, 2)...)
	ids = append(ids, numbered("measure-", 1, 3, 13, 3, 3)...)
	return append(ids, numbered("manage-", 1, 4, 4, 2, 3)...)
}

// topTen gives LLM01 to LLM10 of the OWASP Top 10 for LLM Applications 2025.
func topTen() []string {
	var ids []string
	for n := 1; n <= 10; n++ {
		ids = append(ids, fmt.Sprintf("LLM%02d", n))
	}
	return ids
}

// managementSystem gives the numbers of the 38 controls of ISO/IEC 42001:2023, Annex A. In each group they begin at 2: the objective
// itself is 1; group A.6 is parted once more.
func managementSystem() []string {
	var ids []string
	group := func(prefix string, last int) {
		for n := 2; n <= last; n++ {
			ids = append(ids, fmt.Sprintf("%s.%d", prefix, n))
		}
	}
	group("A.2", 4)
	group("A.3", 3)
	group("A.4", 6)
	group("A.5", 5)
	group("A.6.1", 3)
	group("A.6.2", 8)
	group("A.7", 6)
	group("A.8", 5)
	group("A.9", 4)
	group("A.10", 4)
	return ids
}
