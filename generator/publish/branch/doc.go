// Package branch publishes a site to a branch of a git repository, for hosts that serve one.
package branch
