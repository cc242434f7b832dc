package io.github.smsdispatch.vonage;

import java.time.Duration;
import java.time.InstantSource;

/** How old a signed webhook may be: a copy of it that somebody kept is not believed for ever. */
final class SignatureAge {
    /** How far this machine's clock may be behind Vonage's, as in Vonage's SDK. */
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private final Duration most;
    private final InstantSource clock;

    SignatureAge(Duration most, InstantSource clock) {
        this.most = most;
        this.clock = clock;
    }

    /** Whether something signed then is good now; in seconds since 1970. */
    boolean isGood(long signedAt) {
        return signedAt >= now() - most.toSeconds() && !isAhead(signedAt);
    }

    /** Whether a time lies further ahead than clocks may disagree; in seconds since 1970. */
    boolean isAhead(long seconds) {
        return seconds > now() + AHEAD.toSeconds();
    }

    /** Now, in seconds since 1970. */
    long now() {
        return clock.instant().getEpochSecond();
    }
}
