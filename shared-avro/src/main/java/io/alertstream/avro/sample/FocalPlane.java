package io.alertstream.avro.sample;

/**
 * Where the camera's 189 science detectors are: 21 rafts on a grid of 5 x 5 without its corners, 3 x 3 detectors each,
 * numbered raft by raft from 0 as the survey does. Lengths are in pixels of 10 micrometres, or 0.2 arcsec.
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

    private FocalPlane() {}

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

    /** The grid's cell of a detector's raft. Before it are one corner in the first row, two up to the last row, then three. */
    private static int raftCell(int detector) {
        int raft = detector / DETECTORS_A_RAFT;
        int cornersBefore = raft < 3 ? 1 : raft < 18 ? 2 : 3;
        return raft + cornersBefore;
    }
}
