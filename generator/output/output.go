// Package output holds the files a build makes and puts them in place in one
// step.
//
// What comes in: pages, one by one and from several goroutines, each as a path
// and its bytes. What goes out: a folder that holds exactly those files, a
// manifest of them, and whatever else the owner of the folder keeps there.
//
//	Stage(dir) -> *Staging -> Put, Put, Put ... -> Commit -> Result
//	                                             \ Abort
//
// A new site grows in a folder beside the old one, ".NAME.candor-staging".
// Commit exchanges the two folders with one system call, so that whoever opens
// a page gets the old one or the new one, whole. (Where the system or the file
// system cannot exchange folders - Windows, FAT, some network mounts - two renames
// do it, and between them there is no site; a build killed there is mended by the
// next Stage.) A build that is aborted, fails,
// is killed or runs out of disk leaves the old site byte for byte; the next
// Stage removes what it left behind.
//
// Whose file is it? Candor owns what the manifest, SHA256SUMS at the site's
// root, lists with the hash the file still has. Everything else is foreign.
//
//	in the manifest  on disk       in the new site  what happens
//	yes              as written    same bytes       kept: same inode, same time
//	yes              as written    other bytes      replaced
//	yes              as written    no               removed
//	yes              edited        yes              replaced, named in Result.Edited
//	yes              edited        no               kept, named in Result.Edited and Result.Foreign
//	no               present       same bytes       adopted
//	no               present       other bytes      Commit refuses: a [KindCollision] names the file
//	no               present       no               kept, named in Result.Foreign
//
// So no byte that somebody else wrote is deleted, with one exception: an edit
// to a page that is still made is overwritten, because the edit belongs in the
// content, and Result.Edited says so.
//
// [Replace] is for the single file of an author's that a verb edits.
//
// The package never keeps the bytes of a page, never writes into the old site,
// never writes through a symbolic link inside it, never knows what a page means,
// and imports nothing else of candor.
package output

// Sink takes the files of a site. Put may be called from several goroutines;
// it does not keep data. [Staging] writes to disk, [Memory] keeps.
type Sink interface {
	// Put adds the file at path, a slash path without a leading slash as
	// [CheckPath] wants it. The same path with the same bytes is accepted
	// again; with other bytes it is an [*Error] of [KindTwice].
	Put(path string, data []byte) error
}

// Keeper is a Sink that may have a file already, from the site before this one.
type Keeper interface {
	Sink
	// Keep adds the earlier site's file at file.Path, and gives whether it did:
	// not so when that one has another hash, is not there, or was changed since.
	Keep(file File) (bool, error)
}

var (
	_ Keeper = (*Staging)(nil)
	_ Keeper = (*Memory)(nil)
)
