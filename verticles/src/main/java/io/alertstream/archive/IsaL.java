package io.alertstream.archive;

import com.intel.gkl.compression.IntelDeflater;
import java.io.File;
import java.util.function.Supplier;
import java.util.zip.Deflater;

/**
 * ISA-L, Intel's deflate, through the Genomics Kernel Library: native on x86-64 Linux and macOS. The library's own
 * factory would need htsjdk; the deflater doesn't.
 */
final class IsaL {

    private IsaL() {}

    /**
     * Loads the native library.
     *
     * @param directory where it is unpacked to; null for {@code java.io.tmpdir}
     * @throws UnsatisfiedLinkError if it doesn't load here
     */
    static Supplier<Deflater> load(File directory) {
        if (!new IntelDeflater().load(directory)) {
            throw new UnsatisfiedLinkError("the native library doesn't load on "
                    + System.getProperty("os.name") + " " + System.getProperty("os.arch") + " from "
                    + (directory == null ? System.getProperty("java.io.tmpdir") : directory));
        }
        return () -> new IntelDeflater(Deflater.BEST_SPEED, true);
    }
}
