package watch

import "syscall"

// eventlessPlaces are file systems that other machines change, or the host of a container or virtual machine, of which the kernel here knows nothing. The
// numbers are those of statfs(2).
var eventlessPlaces = map[uint32]string{
	0x6969: "a network mount (nfs)", 0x517b: "a network mount (smb)", 0xfe534d42: "a network mount (smb)", 0xff534d42: "a network mount (cifs)",
	0x01021997: "a mount of the host (9p)", 0x65735546: "a fuse mount (sshfs, virtiofs and the like)", 0x786f4256: "a mount of the host (vboxsf)",
	0x53464846: "a mount of the host (drvfs)", 0xbacbacbc: "a mount of the host (vmhgfs)", 0x7c7c6673: "a mount of the host (prl_fs)",
	0x5346414f: "a network mount (afs)", 0x6b414653: "a network mount (afs)", 0x73757245: "a network mount (coda)", 0x00c36400: "a network mount (ceph)",
	0x0bd00bd0: "a network mount (lustre)", 0x01161970: "a network mount (gfs2)", 0x7461636f: "a network mount (ocfs2)",
}

// eventless gives what kind of place the path is in, if it is one that tells only of some changes or none; else nothing.
func eventless(path string) string {
	var s syscall.Statfs_t
	if syscall.Statfs(path, &s) != nil {
		return ""
	}
	return eventlessPlaces[uint32(s.Type)]
}
