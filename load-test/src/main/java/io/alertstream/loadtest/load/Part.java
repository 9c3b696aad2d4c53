package io.alertstream.loadtest.load;

import io.alertstream.loadtest.report.Figure;
import java.util.List;

/** One kind of work within a run. */
interface Part {

    /** Gets ready; may take its time. */
    void prepare() throws InterruptedException;

    /** Begins, on threads of its own. */
    void start(Times times);

    /** Ends, with what is on its way brought home. */
    void finish() throws InterruptedException;

    /** What happened lately, for the live line. */
    String recent();

    /** The results, when it has ended. */
    List<Figure> figures();

    /**
     * When a run begins and ends, on {@link System#nanoTime}.
     *
     * @param startNanos when the first thing is due
     * @param untilNanos what would be due from then on isn't done
     */
    record Times(long startNanos, long untilNanos) {}
}
