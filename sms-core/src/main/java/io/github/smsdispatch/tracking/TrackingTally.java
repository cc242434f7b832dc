package io.github.smsdispatch.tracking;

import io.github.smsdispatch.internal.lookup.LookupGate;
import io.github.smsdispatch.spi.LookupAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one process has done, and for how long the provider has not answered. Thread-safe. */
final class TrackingTally {
    private final InstantSource clock;
    private final AtomicLong looks = new AtomicLong();
    private final AtomicLong throttles = new AtomicLong();
    private final AtomicLong pages = new AtomicLong();

    /** Since when there was no answer; null: there was one. */
    private @Nullable Instant silentSince;

    private @Nullable String trouble;

    TrackingTally(InstantSource clock) {
        this.clock = clock;
    }

    void asked(List<LookupAnswer> answers) {
        looks.addAndGet(answers.size());
        answers.forEach(
                answer -> answer.fold(found -> answered(), absent -> answered(), unclear -> answered(), this::failed));
        if (answers.stream().anyMatch(TrackingTally::isThrottle)) {
            throttles.incrementAndGet();
        }
    }

    void read() {
        pages.incrementAndGet();
        answered();
    }

    void pageFailed(LookupAnswer.Failed why) {
        if (isThrottle(why)) {
            throttles.incrementAndGet();
        }
        failed(why);
    }

    private static boolean isThrottle(LookupAnswer answer) {
        return answer instanceof LookupAnswer.Failed failed && LookupGate.isThrottle(failed);
    }

    private synchronized boolean answered() {
        silentSince = null;
        trouble = null;
        return true;
    }

    private synchronized boolean failed(LookupAnswer.Failed why) {
        if (silentSince == null) {
            silentSince = clock.instant();
        }
        trouble = why.code() == null ? why.detail() : why.detail() + " (" + why.code() + ")";
        return false;
    }

    /** What is wrong, if the provider has not answered for so long; otherwise null. */
    synchronized @Nullable String troubleFor(Duration patience) {
        return silentSince != null && !clock.instant().isBefore(silentSince.plus(patience)) ? trouble : null;
    }

    long looks() {
        return looks.get();
    }

    long throttles() {
        return throttles.get();
    }

    long pages() {
        return pages.get();
    }
}
