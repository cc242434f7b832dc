package io.github.smsdispatch.examples.statussync;

import io.github.smsdispatch.store.TrackingSeed;
import io.github.smsdispatch.tracking.TrackingListener;
import io.github.smsdispatch.tracking.TrackingProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.TreeMap;

/** A line now and then. */
final class ProgressLines implements TrackingListener {
    private final PrintStream out;
    private final String table;

    ProgressLines(PrintStream out, String table) {
        this.out = out;
        this.table = table;
    }

    @Override
    public void seeded(TrackingSeed seed) {
        out.println(table + ": " + seed.added() + " ids taken in"
                + (seed.empty() == 0 ? "" : ", " + seed.empty() + " rows have none")
                + (seed.tooLong() == 0 ? "" : ", " + seed.tooLong() + " are too long to be ids"));
    }

    @Override
    public void progress(TrackingProgress progress) {
        out.println(line(progress));
    }

    static String line(TrackingProgress progress) {
        double seconds = seconds(progress.elapsed());
        var states = new TreeMap<>(progress.counts().byState());
        return String.format(
                Locale.ROOT,
                "%6.1f s  %d of %d final  %s  %d look-ups%s%s%s",
                seconds,
                progress.counts().finals(),
                progress.counts().all(),
                states,
                progress.looks(),
                seconds < 1 ? "" : String.format(Locale.ROOT, " (%.0f/s)", progress.looks() / seconds),
                progress.pages() == 0 ? "" : "  " + progress.pages() + " pages of the log",
                progress.throttles() == 0 ? "" : "  " + progress.throttles() + " throttled");
    }

    static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
