package io.alertstream.avro.sample;

import java.util.Optional;

/**
 * The layout of the camera's 189 science detectors: 21 rafts on a grid of 5 x 5 without its corners, 3 x 3 detectors
 * each, numbered raft by raft from 0 as the survey does. Lengths are in pixels of 10 micrometres, or 0.2 arcsec.
 */
final class FocalPlane {

    static final int DETECTORS = 189;
    static final int COLUMNS = 4072;
    static final int ROWS = 4000;
    static final double ARCSEC_PER_PIXEL = 0.2;

    private static final double RAFT_PITCH = 12_700;
    private static final double DETECTOR_PITCH = 4_225;
    private static final int GRID = 5;
    private static final int DETECTORS_A_RAFT = 9;

    /** Width in pixels of a detector's edge in which nothing is detected, so that cutouts are whole. */
    private static final double MARGIN = 20;

    /**
     * A place on a detector.
     *
     * @param column 0 is the centre of the first column; rows are counted in the same way
     */
    record Pixel(int detector, double column, double row) {}

    private FocalPlane() {}

    /** A random pixel of a detector where something can be detected. */
    static Pixel any(int detector, Deviates deviates) {
        return new Pixel(detector, deviates.uniform(MARGIN, COLUMNS - MARGIN), deviates.uniform(MARGIN, ROWS - MARGIN));
    }

    /** The pixel at a position relative to the optical axis (right, up); empty between detectors and at their edges. */
    static Optional<Pixel> pixel(double x, double y) {
        int across = (int) StrictMath.rint(x / RAFT_PITCH);
        int up = (int) StrictMath.rint(y / RAFT_PITCH);
        int cell = (up + GRID / 2) * GRID + across + GRID / 2;
        if (Math.abs(across) > GRID / 2 || Math.abs(up) > GRID / 2 || Math.abs(across * up) == 4) {
            return Optional.empty();
        }
        double inRaftX = x - across * RAFT_PITCH;
        double inRaftY = y - up * RAFT_PITCH;
        int placeX = (int) StrictMath.rint(inRaftX / DETECTOR_PITCH);
        int placeY = (int) StrictMath.rint(inRaftY / DETECTOR_PITCH);
        double column = inRaftX - placeX * DETECTOR_PITCH + (COLUMNS - 1) / 2.0;
        double row = inRaftY - placeY * DETECTOR_PITCH + (ROWS - 1) / 2.0;
        if (Math.abs(placeX) > 1
                || Math.abs(placeY) > 1
                || Math.min(column, row) < MARGIN
                || column > COLUMNS - MARGIN
                || row > ROWS - MARGIN) {
            return Optional.empty();
        }
        int cornersBefore = up == -GRID / 2 ? 1 : up < GRID / 2 ? 2 : 3;
        int raft = cell - cornersBefore;
        return Optional.of(new Pixel(raft * DETECTORS_A_RAFT + (placeY + 1) * 3 + placeX + 1, column, row));
    }

    /** Pixels to the right of the optical axis. */
    static double x(int detector, double column) {
        int across = raftCell(detector) % GRID - GRID / 2;
        int place = detector % DETECTORS_A_RAFT % 3 - 1;
        return across * RAFT_PITCH + place * DETECTOR_PITCH + column - (COLUMNS - 1) / 2.0;
    }

    /** Pixels above the optical axis. */
    static double y(int detector, double row) {
        int up = raftCell(detector) / GRID - GRID / 2;
        int place = detector % DETECTORS_A_RAFT / 3 - 1;
        return up * RAFT_PITCH + place * DETECTOR_PITCH + row - (ROWS - 1) / 2.0;
    }

    /**
     * The grid cell of a detector's raft: one missing corner precedes the first row's rafts, then two, in the last row
     * three.
     */
    private static int raftCell(int detector) {
        int raft = detector / DETECTORS_A_RAFT;
        int cornersBefore = raft < 3 ? 1 : raft < 18 ? 2 : 3;
        return raft + cornersBefore;
    }
}
