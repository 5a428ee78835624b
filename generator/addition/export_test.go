package addition

// NamesOf gives other ids that mean a subject.
func NamesOf(subject string) []string { return skeletonOf(subject).names }
