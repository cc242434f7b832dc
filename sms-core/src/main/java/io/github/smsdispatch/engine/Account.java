package io.github.smsdispatch.engine;

import dev.failsafe.RateLimiter;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.UnknownCodes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One account as this engine runs it: its provider, its health, and what is under way. Thread-safe. */
final class Account {
    /** How long a warning of one kind is held back after the last. */
    static final Duration WARNING_PAUSE = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(Account.class);

    private final ProviderAccount name;
    private final SmsProvider provider;
    private final ProviderTraits traits;
    private final Health health;
    private final Health lookupHealth;
    private final @Nullable RateLimiter<Object> rateLimiter;
    private final int maxInFlight;
    private final InstantSource clock;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger lookupsInFlight = new AtomicInteger();
    private final AtomicLong unhandledTexts = new AtomicLong();
    private final AtomicLong lostStopWords = new AtomicLong();
    private final Map<String, Damper> dampers = new ConcurrentHashMap<>();
    private final TenantCheck tenants;
    private final RefusalStreak refusals;
    private volatile RunState runState = RunState.RUNNING;

    Account(
            ProviderAccount name,
            SmsProvider provider,
            Health health,
            Health lookupHealth,
            @Nullable RateLimiter<Object> rateLimiter,
            int maxInFlight,
            InstantSource clock,
            TenantCheck tenants,
            Consumer<AccountHealth> listeners) {
        this.name = name;
        this.provider = provider;
        this.traits = provider.traits();
        this.health = health;
        this.lookupHealth = lookupHealth;
        this.rateLimiter = rateLimiter;
        this.maxInFlight = maxInFlight;
        this.clock = clock;
        this.tenants = tenants;
        this.refusals = new RefusalStreak(name);
        var watch = new AccountWatch(name, () -> listeners.accept(snapshot()));
        health.watchedBy(watch::handOvers);
        lookupHealth.watchedBy(watch::lookups);
    }

    ProviderAccount name() {
        return name;
    }

    SmsProvider provider() {
        return provider;
    }

    ProviderTraits traits() {
        return traits;
    }

    /** How hand-overs fare. */
    Health health() {
        return health;
    }

    /** How look-ups fare: many providers serve them from other machines, with other limits. */
    Health lookupHealth() {
        return lookupHealth;
    }

    RunState runState() {
        return runState;
    }

    void obey(RunState state) {
        runState = state;
    }

    /** Whether a message may be handed over now, apart from the room there is. */
    boolean isAvailable() {
        return runState == RunState.RUNNING && !health.availableAt().isAfter(clock.instant());
    }

    /** When it may be tried again as far as its health goes. */
    Instant availableAt() {
        return health.availableAt();
    }

    /** How many hand-overs may be begun now. */
    int room() {
        return runState == RunState.RUNNING ? health.allowance(maxInFlight, inFlight.get()) : 0;
    }

    /** Asks the rate limit for one hand-over; once given it is used up. */
    boolean takePermit() {
        return rateLimiter == null || rateLimiter.tryAcquirePermit();
    }

    AtomicInteger inFlight() {
        return inFlight;
    }

    AtomicInteger lookupsInFlight() {
        return lookupsInFlight;
    }

    /** How many texts came in that nobody here takes. */
    AtomicLong unhandledTexts() {
        return unhandledTexts;
    }

    /** How many stop words came from what is no phone number. */
    AtomicLong lostStopWords() {
        return lostStopWords;
    }

    /** Keeps webhooks from filling the log; one for each kind of warning. */
    Damper damper(String kind) {
        return dampers.computeIfAbsent(kind, any -> new Damper(clock, WARNING_PAUSE));
    }

    /** Whether those that it hands over for are those that a STOP counts for. */
    TenantCheck tenants() {
        return tenants;
    }

    /** Whether it takes any message at all. */
    RefusalStreak refusals() {
        return refusals;
    }

    AccountHealth snapshot() {
        Instant resumes = health.availableAt();
        return new AccountHealth(
                name,
                runState,
                health.isUp(),
                resumes.isAfter(clock.instant()) ? resumes : null,
                inFlight.get(),
                health.trouble(),
                unhandledTexts.get(),
                lostStopWords.get(),
                unknownCodes());
    }

    private Map<String, Long> unknownCodes() {
        try {
            return provider instanceof UnknownCodes counting ? counting.unknownCodes() : Map.of();
        } catch (RuntimeException | Error e) {
            long all = damper("unknownCodes").speaksFor();
            if (all > 0) {
                log.error("{} threw from unknownCodes ({} since the last line like this)", name, all, Trace.of(e));
            }
            return Map.of();
        }
    }
}
