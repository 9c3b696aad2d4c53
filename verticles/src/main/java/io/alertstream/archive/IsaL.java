package io.alertstream.archive;

import com.intel.gkl.compression.IntelDeflater;
import com.intel.gkl.compression.IntelInflater;
import java.io.File;
import java.util.zip.Deflater;

/**
 * ISA-L, Intel's deflate and inflate, through the Genomics Kernel Library: native on x86-64 Linux and macOS. The
 * library's own factory would need htsjdk; the two classes used here don't.
 */
final class IsaL {

    private IsaL() {}

    /**
     * Loads the native library.
     *
     * @param directory where to unpack it; null for {@code java.io.tmpdir}
     * @throws UnsatisfiedLinkError if it can't be loaded on this machine
     */
    static GzipCodec.Deflate load(File directory) {
        if (!(new IntelDeflater().load(directory) && new IntelInflater().load(directory))) {
            throw new UnsatisfiedLinkError("the native library doesn't load on "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch") + " from "
                    + (directory == null ? System.getProperty("java.io.tmpdir") : directory));
        }
        return new GzipCodec.Deflate(() -> new IntelDeflater(Deflater.BEST_SPEED, true), () -> new IntelInflater(true));
    }
}
