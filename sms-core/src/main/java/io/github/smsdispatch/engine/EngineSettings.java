package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.store.LateRetries;
import java.time.Duration;

/** The engine's numbers, each explained where {@link DispatchEngineBuilder} sets it. */
record EngineSettings(
        int maxLookupsInFlight,
        Duration lease,
        Duration grace,
        Duration throttlePatience,
        Duration doubtPatience,
        Backoff outagePause,
        Backoff refusalPause,
        Backoff messagePause,
        int absenceProofs,
        int maxResends,
        LateRetries lateRetries,
        Backoff lookupPause,
        Duration idlePause) {}
