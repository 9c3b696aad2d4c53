package io.alertstream.loadtest.load;

import io.alertstream.loadtest.report.Figure;
import java.util.List;

/** One kind of work within a run. */
interface Part {

    /** Prepares; may take long. */
    void prepare() throws InterruptedException;

    /** Begins, on its own threads. */
    void start(Times times);

    /** Ends, after finishing what is in flight. */
    void finish() throws InterruptedException;

    /** What happened lately, for the live line. */
    String recent();

    /** The results, after the end. */
    List<Figure> figures();

    /**
     * When a run begins and ends, on {@link System#nanoTime}.
     *
     * @param startNanos when the first operation is due
     * @param untilNanos operations due from then on aren't done
     */
    record Times(long startNanos, long untilNanos) {}
}
