package io.github.smsdispatch.engine;

import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.store.SyncTask;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When to ask for a status: first after the provider's usual time for a receipt, then less and less often, and never
 * later than the end of validity and grace. And when to hand over again what was not taken.
 */
final class LookupSchedule {
    private final EngineSettings settings;
    private final RandomGenerator random;

    LookupSchedule(EngineSettings settings, RandomGenerator random) {
        this.settings = settings;
        this.random = random;
    }

    /** For a message that was just found to be taken. */
    Duration first(SyncTask task, ProviderTraits traits) {
        return capped(task, traits.receiptPatience());
    }

    /** After another look-up that brought no end. */
    Duration next(SyncTask task, ProviderTraits traits) {
        Duration first = settings.lookupPause().first();
        var pauses = new Backoff(
                task.providerMessageIds().isEmpty() ? first : Durations.max(first, traits.receiptPatience()),
                Durations.max(traits.receiptPatience(), settings.lookupPause().most()));
        return capped(task, pauses.after(task.lookups(), random));
    }

    /** Before a message is handed over again, of which so many hand-overs were lost before this one. */
    Duration handOverAgain(int lostBefore) {
        return settings.messagePause().after(lostBefore, random);
    }

    private Duration capped(SyncTask task, Duration pause) {
        Instant end = task.expiresAt().plus(settings.grace());
        return Durations.min(
                pause,
                Durations.max(
                        Durations.until(end, task.now()), settings.lookupPause().first()));
    }
}
