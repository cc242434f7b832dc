package io.github.smsdispatch.engine;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.internal.AccountWatch;
import io.github.smsdispatch.internal.Damper;
import io.github.smsdispatch.internal.Health;
import io.github.smsdispatch.internal.Throughput;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.internal.lookup.LookupGate;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.UnknownCodes;
import io.github.smsdispatch.store.Rate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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

    /**
     * How much is begun ahead of its call, in time: long enough to commit the next intents meanwhile. Should the process die,
     * those that had not gone yet are in doubt as well, which is said where the window is set.
     */
    private static final Duration AHEAD = Duration.ofMillis(100);

    private static final int MOST_AHEAD = 4000;

    /** How long a message that was chosen to probe the account may take until it is handed over; then another is. */
    private static final Duration PROBE_PATIENCE = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(Account.class);

    private final ProviderAccount name;
    private final SmsProvider provider;
    private final ProviderTraits traits;
    private final Health health;
    private final LookupGate lookupGate;
    private final @Nullable Permits permits;
    private final Calls calls;
    private final Throughput throughput;
    private final InstantSource clock;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong unhandledTexts = new AtomicLong();
    private final AtomicLong lostStopWords = new AtomicLong();
    private final Map<String, Damper> dampers = new ConcurrentHashMap<>();
    private final TenantCheck tenants;
    private final RefusalStreak refusals;
    private final LaneTurns turns = new LaneTurns();
    private volatile Instant probedBy = Instant.MIN;
    private volatile RunState runState = RunState.RUNNING;

    Account(
            ProviderAccount name,
            SmsProvider provider,
            Health health,
            Health lookupHealth,
            @Nullable Rate lookupRate,
            @Nullable Permits permits,
            int maxInFlight,
            InstantSource clock,
            TenantCheck tenants,
            Consumer<AccountHealth> listeners) {
        this.name = name;
        this.provider = provider;
        this.traits = provider.traits();
        this.health = health;
        this.lookupGate = new LookupGate(lookupHealth, lookupRate, clock);
        this.permits = permits;
        this.calls = new Calls(maxInFlight);
        this.throughput = new Throughput(clock);
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

    /** Whether look-ups may go: many providers serve them from other machines, with other limits. */
    LookupGate lookupGate() {
        return lookupGate;
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

    /**
     * How many hand-overs may be begun now. Not for each that ends: to begin is a transaction, and those that are begun ahead
     * go meanwhile.
     */
    int room() {
        int ahead = window() - calls.most();
        int free = runState == RunState.RUNNING ? health.allowance(window(), inFlight.get()) : 0;
        return inFlight.get() > 0 && free < ahead / 2 ? 0 : free;
    }

    /** How many hand-overs may be begun and not ended: as many as go at a time, and those that go soon. */
    int window() {
        return calls.most() + Math.min(MOST_AHEAD, throughput.in(AHEAD));
    }

    /** What is begun, and goes as soon as there is room. */
    Calls calls() {
        return calls;
    }

    /** Says that hand-overs have ended, and are written down. */
    void ended(int messages) {
        inFlight.addAndGet(-messages);
        throughput.ended(messages);
    }

    /**
     * How many hand-overs may begin now by the rate. For the dispatch loop only.
     *
     * @param known how many there are at least
     * @param most how many there is room for
     */
    int permitted(int known, int most) {
        return permits == null ? most : permits.permitted(known, most);
    }

    /** So many begin, of those permitted. For the dispatch loop only. */
    void begins(int count) {
        if (permits != null) {
            permits.use(count);
        }
        if (count > 0) {
            probedBy = Instant.MIN;
        }
    }

    /** Whether a message is on its way to find out if it is up again: one is enough. */
    boolean isProbed() {
        return !health.isUp() && (inFlight.get() > 0 || clock.instant().isBefore(probedBy));
    }

    /** A message was chosen for it. */
    void chosen() {
        if (!health.isUp()) {
            probedBy = clock.instant().plus(PROBE_PATIENCE);
        }
    }

    /** Whose turn it is among those in its lines. For the dispatch loop only. */
    LaneTurns turns() {
        return turns;
    }

    /** For how long the rate lets nothing begin; zero: it does. For the dispatch loop only. */
    Duration heldBackFor() {
        return permits == null ? Duration.ZERO : permits.heldBackFor();
    }

    /** What the outcomes of a call say of the account. */
    void heard(List<SubmitOutcome> outcomes) {
        OutcomePolicy.judge(health, outcomes);
        refusals.note(outcomes);
    }

    AtomicInteger inFlight() {
        return inFlight;
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

    AccountHealth snapshot() {
        Health lookups = lookupGate.health();
        return new AccountHealth(
                name,
                runState,
                health.isUp(),
                health.resumesAt(),
                inFlight.get(),
                health.trouble(),
                new LookupHealth(lookups.isUp(), lookups.resumesAt(), lookupGate.inFlight(), lookups.trouble()),
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
