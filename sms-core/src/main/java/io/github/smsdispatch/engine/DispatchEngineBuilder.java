package io.github.smsdispatch.engine;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.internal.Backoff;
import io.github.smsdispatch.internal.Bounds;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.Health;
import io.github.smsdispatch.spi.ConfigurationException;
import io.github.smsdispatch.spi.ConfigurationProblem;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.store.LateRetries;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.Rate;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link DispatchEngine} needs; every number has a default that is right for most. Not thread-safe.
 *
 * <p>Patience and pauses are positive and at most 365 days; what is out of its range is refused at once with an
 * {@link IllegalArgumentException} that names the setting.
 */
public final class DispatchEngineBuilder {
    /** Shorter than a call to a provider takes, every hand-over would be in doubt. */
    private static final Duration LEAST_LEASE = Duration.ofSeconds(1);

    /** After a crash nothing happens to a message for so long. */
    private static final Duration MOST_LEASE = Duration.ofHours(1);

    /** A repetition by the caller, and whoever looks for a message that just ended, should still find it. */
    private static final Duration LEAST_RETENTION = Duration.ofHours(1);

    private static final Duration MOST_RETENTION = Duration.ofDays(36_500);

    final MessageStore store;
    final Map<ProviderAccount, SmsProvider> providers = new LinkedHashMap<>();
    final Map<ProviderAccount, Rate> rates = new LinkedHashMap<>();
    final Map<ProviderAccount, Rate> lookupRates = new LinkedHashMap<>();
    final List<EngineListener> listeners = new ArrayList<>();

    @Nullable
    Routing routing;

    StopWords stopWords = StopWords.common();
    Function<? super ProviderAccount, ? extends Set<String>> tenantsOf = account -> Set.of(Message.DEFAULT_TENANT);

    @Nullable
    InboundHandler inboundHandler;

    @Nullable
    Duration retention;

    @Nullable
    Duration personalDataRetention;

    DoubtPolicy doubtPolicy = DoubtPolicy.HOLD;
    InstantSource clock = InstantSource.system();
    RandomGenerator random = new SecureRandom();

    @Nullable
    Executor executor;

    private int maxInFlight; // 0: what suits each account
    private int maxLookupsInFlight = 16;
    private Duration lease = Duration.ofMinutes(1);
    private Duration grace = Duration.ofHours(1);
    private Duration throttlePatience = Duration.ofSeconds(2);
    private Duration doubtPatience = Duration.ofSeconds(15);
    private Backoff outagePause = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
    private Backoff refusalPause = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(15));
    private Backoff messagePause = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));
    private int absenceProofs = 2;
    private int maxResends = 3;
    private int lateRetries;
    private Backoff lookupPause = new Backoff(Duration.ofSeconds(30), Duration.ofHours(1));
    private Duration idlePause = Duration.ofSeconds(1);

    DispatchEngineBuilder(MessageStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /**
     * Adds an account; the engine closes its provider when it is itself closed. Without a {@link #routing} accounts are
     * tried in the order in which they are added.
     *
     * @throws IllegalArgumentException if the account was added before
     */
    public DispatchEngineBuilder account(ProviderAccount account, SmsProvider provider) {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(provider, "provider");
        if (providers.putIfAbsent(account, provider) != null) {
            throw new IllegalArgumentException("account " + account + " was added twice");
        }
        return this;
    }

    /** Adds accounts, in the order of the map. */
    public DispatchEngineBuilder accounts(Map<ProviderAccount, SmsProvider> accounts) {
        accounts.forEach(this::account);
        return this;
    }

    /**
     * Who may carry what, in which order. Of one that can tell its {@link Routing#accounts accounts}, all must be accounts of
     * this engine when it is built.
     */
    public DispatchEngineBuilder routing(Routing value) {
        this.routing = Objects.requireNonNull(value, "routing");
        return this;
    }

    /** Adds a listener. */
    public DispatchEngineBuilder listener(EngineListener value) {
        this.listeners.add(Objects.requireNonNull(value, "listener"));
        return this;
    }

    /** Who is given the texts that people send to our numbers. Without one they are dropped and counted. */
    public DispatchEngineBuilder inboundHandler(InboundHandler value) {
        this.inboundHandler = Objects.requireNonNull(value, "inboundHandler");
        return this;
    }

    /** What people text to get no more texts, or to get them again; {@link StopWords#common} by default. */
    public DispatchEngineBuilder stopWords(StopWords value) {
        this.stopWords = Objects.requireNonNull(value, "stopWords");
        return this;
    }

    /**
     * Which tenants an account sends for: a person who withdraws consent towards an account is suppressed for all of them,
     * as nobody can tell which of them was meant. So give tenants whose recipients overlap accounts of their own. By
     * default every account sends for {@link Message#DEFAULT_TENANT} only: set this where messages have other tenants. The
     * function is called for each change of consent, by several threads; and for the tenants of what is handed over, to warn
     * once of an account that sends for a tenant not listed here.
     */
    public DispatchEngineBuilder tenantsOf(Function<? super ProviderAccount, ? extends Set<String>> value) {
        this.tenantsOf = Objects.requireNonNull(value, "tenantsOf");
        return this;
    }

    /** As {@link #rate} with a period of a second; at least 1. */
    public DispatchEngineBuilder ratePerSecond(ProviderAccount account, int value) {
        Bounds.atLeast(1, value, "ratePerSecond");
        return rate(account, value, Duration.ofSeconds(1));
    }

    /**
     * The most hand-overs of one account in a time, by all nodes together, evenly spread: a tenth of a second's worth at once,
     * or one if that is less. For example 30 in a second, or 1 in 10 seconds. No limit by default: a provider that says "too
     * many" is then left alone for a second and longer each time, and takes a fraction of what it would at an even pace. So set
     * what was agreed.
     *
     * <p>A node has no more than {@link #maxInFlight} calls under way, so a rate is only reached where that is at least the rate
     * by the time a call takes, over the number of nodes: 200 a second at 700 ms a call want 140.
     *
     * <p>Over a time it is never more than that; in a single second it may be a tenth or two more, after something held a node
     * up. All nodes should be told the same rate: each counts by its own, so that otherwise the whole lies between them, and
     * one that was told none goes without. A node that stops or is killed leaves unused what it had reserved: one more such
     * tenth, or one hand-over.
     *
     * @param count how many; at least 1
     * @param period in which time; 1 ms to 1 day
     */
    public DispatchEngineBuilder rate(ProviderAccount account, int count, Duration period) {
        this.rates.put(Objects.requireNonNull(account, "account"), new Rate(count, period));
        return this;
    }

    /**
     * The most messages of one account in calls to its provider at a time on this node; at least 1. By default 32, or as many
     * as go in two calls where one takes many.
     *
     * <p>More are begun ahead, as many as the account lately took in a tenth of a second and 4,000 at most, so that a fast one
     * need not wait for the database. Should the process be killed, all that is begun is in doubt: what is in a call, and what
     * was about to go, a tenth of a second's worth.
     */
    public DispatchEngineBuilder maxInFlight(int value) {
        this.maxInFlight = Bounds.atLeast(1, value, "maxInFlight");
        return this;
    }

    /** The most look-ups of one account under way at a time on this node; at least 1, 16 by default. */
    public DispatchEngineBuilder maxLookupsInFlight(int value) {
        this.maxLookupsInFlight = Bounds.atLeast(1, value, "maxLookupsInFlight");
        return this;
    }

    /**
     * The most requests in a time that look-ups make at one account from this node, evenly spread. It stays a fortieth below,
     * as requests do not arrive as evenly as they leave. Each node counts for itself: where several ask for the same account,
     * give each its part. A call for several messages counts once, and so does a search for one in doubt, although a
     * provider's module may read several pages for it.
     *
     * <p>No limit by default: then the first time that the provider says "too many" shows what it bears, which is kept to from
     * then on, with a try for more now and then.
     *
     * @param count how many; at least 1
     * @param period in which time; 1 ms to 1 day
     */
    public DispatchEngineBuilder lookupRate(ProviderAccount account, int count, Duration period) {
        this.lookupRates.put(Objects.requireNonNull(account, "account"), new Rate(count, period));
        return this;
    }

    /**
     * How long a claim or a hand-over may take before another node takes it for dead, and puts the hand-over in doubt; 1 second
     * to 1 hour, 1 minute by default. Never less than twice the {@link io.github.smsdispatch.spi.ProviderTraits#longestCall longest call} of any
     * of the accounts: where that is more than what is set here, it counts instead.
     */
    public DispatchEngineBuilder lease(Duration value) {
        this.lease = Bounds.between(LEAST_LEASE, value, MOST_LEASE, "lease");
        return this;
    }

    /** How long after the validity late receipts are waited for; 1 hour by default. */
    public DispatchEngineBuilder grace(Duration value) {
        this.grace = Bounds.positive(value, "grace");
        return this;
    }

    /** How long to wait for a throttled account before trying the next one; 2 seconds by default. */
    public DispatchEngineBuilder throttlePatience(Duration value) {
        this.throttlePatience = Bounds.positive(value, "throttlePatience");
        return this;
    }

    /** How long a message in doubt waits for a receipt before the provider is asked; 15 seconds by default. */
    public DispatchEngineBuilder doubtPatience(Duration value) {
        this.doubtPatience = Bounds.positive(value, "doubtPatience");
        return this;
    }

    /** How long a failing account is left alone: doubling from {@code first} (1 s) up to {@code most} (1 min). */
    public DispatchEngineBuilder outagePause(Duration first, Duration most) {
        this.outagePause = Bounds.pauses(first, most, "outagePause");
        return this;
    }

    /**
     * How long a message stays away from an account that refused it for now (throttled, unavailable, our account itself):
     * doubling with each refusal from {@code first} (1 s) up to {@code most} (15 min). Other accounts may have it meanwhile.
     */
    public DispatchEngineBuilder refusalPause(Duration first, Duration most) {
        this.refusalPause = Bounds.pauses(first, most, "refusalPause");
        return this;
    }

    /**
     * How long a message waits for what concerns it alone: before it is handed over again after a hand-over whose answer
     * was lost, before it goes again to an account that found its recipient busy, and before a {@link #lateRetries late retry}.
     * Doubling each time from {@code first} (1 min) up to {@code most} (1 hour).
     */
    public DispatchEngineBuilder messagePause(Duration first, Duration most) {
        this.messagePause = Bounds.pauses(first, most, "messagePause");
        return this;
    }

    /**
     * How often the absence of one message from the provider's log is believed; at least 0, 2 by default. A message whose
     * answer is lost again and again is rather one that the log does not show: from then on absence proves nothing, and
     * its {@link DoubtPolicy} decides.
     */
    public DispatchEngineBuilder absenceProofs(int value) {
        this.absenceProofs = Bounds.atLeast(0, value, "absenceProofs");
        return this;
    }

    /**
     * How often a message of {@link DoubtPolicy#RESEND} is handed over again without proof that it was
     * not taken; at least 0, 3 by default. So its recipient gets at most one copy more than that, however often an answer is
     * lost. Then it stays in doubt, as one of {@link DoubtPolicy#HOLD} does.
     */
    public DispatchEngineBuilder maxResends(int value) {
        this.maxResends = Bounds.atLeast(0, value, "maxResends");
        return this;
    }

    /**
     * What becomes of a message that does not say it itself ({@link Message.Builder#doubtPolicy}) when it cannot be known whether a
     * provider took it; {@link DoubtPolicy#HOLD} by default. It is kept with the message by the engine that enqueues it, so that it
     * matters which engine that is, and not which one hands it over.
     */
    public DispatchEngineBuilder doubtPolicy(DoubtPolicy value) {
        this.doubtPolicy = Objects.requireNonNull(value, "doubtPolicy");
        return this;
    }

    /**
     * How often a message is handed over again that a provider took, and reported as not delivered for a reason that
     * {@link LateRetries#mayPass may pass}: the handset is off, the operator is in trouble, the queue is full. At least 0, which is
     * the default: then it is UNDELIVERED at once. The next hand-over goes to another account if the routing names one that
     * can have it, after the {@link #messagePause}, and only within the validity; never while another hand-over, or a part of the
     * text, was or may have been delivered. A provider that is wrong about "not delivered" makes the recipient get the
     * text twice: set it where a text too few is worse. All engines on one store should have the same.
     */
    public DispatchEngineBuilder lateRetries(int value) {
        this.lateRetries = Bounds.atLeast(0, value, "lateRetries");
        return this;
    }

    /**
     * How long to pause between look-ups of one message: doubling from {@code first} (30 s), or from the provider's
     * patience for receipts if that is longer, up to {@code most} (1 hour).
     */
    public DispatchEngineBuilder lookupPause(Duration first, Duration most) {
        this.lookupPause = Bounds.pauses(first, most, "lookupPause");
        return this;
    }

    /** The longest pause of an idle engine between two looks at the store; 1 second by default. */
    public DispatchEngineBuilder idlePause(Duration value) {
        this.idlePause = Bounds.positive(value, "idlePause");
        return this;
    }

    /**
     * How long messages are kept once they are final; then they are removed with all that is known of them, see
     * {@link MessageStore#purge}. 1 hour to 36,500 days; without it they are kept for ever.
     *
     * <p>Make it longer than any of your own repetitions, since the idempotency key goes with the message, and longer than
     * the longest validity and the {@link #grace}: until then the provider's ids of what is over keep a message in doubt
     * from being taken for another one like it. All engines on one store should have the same.
     *
     * <p>It is the least urgent of all work: small steps, one at a time with a pause between them, and none while anything
     * else is to be done. So messages may stay a while longer than said here.
     */
    public DispatchEngineBuilder retention(Duration value) {
        this.retention = Bounds.between(LEAST_RETENTION, value, MOST_RETENTION, "retention");
        return this;
    }

    /**
     * How long number, text, sender and attributes are kept once a message is final; then they are erased, see
     * {@link MessageStore#erase(Duration, int)}, and the rest of the message stays until its {@link #retention} ends.
     * 1 hour to 36,500 days, and no longer than that; without it they are kept as long as the message. As small a load as that.
     */
    public DispatchEngineBuilder personalDataRetention(Duration value) {
        this.personalDataRetention = Bounds.between(LEAST_RETENTION, value, MOST_RETENTION, "personalDataRetention");
        return this;
    }

    /** The engine's clock, for pauses and health; due times and leases are by the store's. For tests and simulations. */
    public DispatchEngineBuilder clock(InstantSource value) {
        this.clock = Objects.requireNonNull(value, "clock");
        return this;
    }

    /** The engine's randomness, for ids and jitter. For tests and simulations. */
    public DispatchEngineBuilder random(RandomGenerator value) {
        this.random = Objects.requireNonNull(value, "random");
        return this;
    }

    /** Runs provider calls; tests run them on the calling thread. */
    DispatchEngineBuilder executor(Executor value) {
        this.executor = value;
        return this;
    }

    /**
     * Makes the engine; it does nothing before {@link DispatchEngine#start}.
     *
     * @throws ConfigurationException with all problems: no account, a rate or look-up rate for one that is none, a
     *     {@link Routing} that names one that is none, or of which a part lists no account at all; a {@link #retention} shorter than
     *     {@link #personalDataRetention}
     */
    public DispatchEngine build() {
        List<ConfigurationProblem> problems = EngineProblems.of(this);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
        return new DispatchEngine(this);
    }

    /** So that no call outlives its lease because somebody raised a time-out; half of it is left for what delays a call. */
    private Duration leaseForTheSlowest() {
        return providers.values().stream()
                .map(provider -> provider.traits().longestCall().multipliedBy(2))
                .reduce(lease, Durations::max);
    }

    EngineSettings settings() {
        return new EngineSettings(
                maxLookupsInFlight,
                leaseForTheSlowest(),
                grace,
                throttlePatience,
                doubtPatience,
                outagePause,
                refusalPause,
                messagePause,
                absenceProofs,
                maxResends,
                new LateRetries(lateRetries, messagePause.first(), messagePause.most()),
                lookupPause,
                idlePause);
    }

    Account newAccount(ProviderAccount name, SmsProvider provider, Announcer announcer) {
        Rate rate = rates.get(name);
        return new Account(
                name,
                provider,
                newHealth(),
                newHealth(),
                lookupRates.get(name),
                rate == null ? null : new Permits(store, name, rate, clock),
                maxInFlight > 0
                        ? maxInFlight
                        : Math.max(32, 2 * provider.traits().maxBatchSize()),
                clock,
                new TenantCheck(name, tenantsOf),
                announcer::tell);
    }

    private Health newHealth() {
        return new Health(clock, random, outagePause);
    }
}
