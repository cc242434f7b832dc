package io.github.smsdispatch.engine;

import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.internal.Durations;
import io.github.smsdispatch.internal.Trace;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.store.EnqueueResult;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is in a {@link MessageStore} through provider accounts and follows each message until its state is final.
 *
 * <p>Messages may be enqueued before, while and after it runs, from any node. Several engines may share one store. An
 * engine that dies loses nothing: what waits is there for the others, and what may have been on
 * the wire is put in doubt and reconciled, never silently sent again. Thread-safe.
 *
 * <pre>{@code
 * try (var engine = DispatchEngine.builder(store).account(ProviderAccount.of("twilio"), twilio).build().start()) {
 *     engine.enqueue(Message.to("+12025550123").text("Your table is ready.").build());
 *     engine.drain(Duration.ofMinutes(5));
 * }
 * }</pre>
 */
public final class DispatchEngine implements AutoCloseable {
    private static final Duration LONGEST_DRAIN_PAUSE = Duration.ofSeconds(1);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

    private static final Logger log = LoggerFactory.getLogger(DispatchEngine.class);

    private final MessageStore store;
    private final Map<ProviderAccount, Account> accounts = new LinkedHashMap<>();
    private final Announcer announcer;
    private final EngineLoops loops;
    private final Reception reception;
    private final Eraser eraser;
    private final ByHand byHand;
    private final LogSweeper sweeper;
    private final Duration drainPause;
    private boolean started;
    private boolean closed;

    DispatchEngine(DispatchEngineBuilder builder) {
        store = builder.store;
        announcer = new Announcer(builder.listeners, builder.clock);
        builder.providers.forEach(
                (name, provider) -> accounts.put(name, builder.newAccount(name, provider, announcer)));
        loops = new EngineLoops(builder, accounts, announcer);
        reception = new Reception(
                accounts,
                store,
                new Consents(store, builder.stopWords, builder.tenantsOf),
                builder.inboundHandler,
                loops::wakeHousekeeping,
                announcer,
                builder.clock);
        eraser = new Eraser(store, announcer);
        byHand = new ByHand(store, announcer);
        sweeper = new LogSweeper(store, announcer, builder.clock, loops::wakeHousekeeping);
        drainPause = Durations.min(Duration.ofMillis(50), builder.settings().idlePause());
    }

    /** Begins an engine on the given store; the store stays the caller's to close. */
    public static DispatchEngineBuilder builder(MessageStore store) {
        return new DispatchEngineBuilder(store);
    }

    /**
     * Starts the loops, each on a daemon thread.
     *
     * @return this engine
     * @throws IllegalStateException if it was started or closed before, or is closed meanwhile
     * @throws io.github.smsdispatch.spi.ConfigurationException if the store has no schema, or another version of it; a
     *     store that is only out of reach at the moment is waited for
     */
    public DispatchEngine start() {
        synchronized (this) {
            if (started || closed) {
                throw new IllegalStateException("an engine can be started once; build another one");
            }
            started = true;
        }
        // Not under the lock: a store that hangs must not keep anybody from asking for the health, or from closing.
        try {
            lookForStore();
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                started = false;
            }
            throw e;
        }
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the engine was closed while it started");
            }
            loops.start();
        }
        return this;
    }

    private void lookForStore() {
        try {
            store.runStates();
        } catch (StoreException e) {
            log.warn("the store is out of reach, the engine waits for it: {}", e.getMessage());
        }
    }

    /**
     * Stores a message to be sent when it is due. When this returns it is not lost any more.
     *
     * @return whether it is new, and the id under which it is kept
     * @throws io.github.smsdispatch.store.StoreException if it could not be stored
     */
    public EnqueueResult enqueue(Message message) {
        return loops.intake().enqueue(message);
    }

    /**
     * Stores messages from a stream of any length in constant memory, some hundreds in a transaction. Should it break off
     * half-way, give the same stream again: what has an idempotency key or an id of its own is not stored twice.
     */
    public EnqueueSummary enqueueAll(Iterator<Message> messages) {
        return loops.intake().enqueueAll(messages);
    }

    /** Stores messages from a stream; see {@link #enqueueAll(Iterator)}. Closes the stream. */
    public EnqueueSummary enqueueAll(Stream<Message> messages) {
        try (messages) {
            return enqueueAll(messages.iterator());
        }
    }

    /**
     * Withdraws a message.
     *
     * @return true if it is CANCELLED now; false if it was handed over or is final, or is not known
     */
    public boolean cancel(MessageId message) {
        List<StateChange> changes = store.cancel(List.of(message));
        announcer.tell(changes);
        return !changes.isEmpty();
    }

    /**
     * Says that a provider took a message that is {@link io.github.smsdispatch.MessageState#IN_DOUBT}, as somebody knows from its
     * console or support. It is SENT then, and followed by the ids.
     *
     * @param providerMessageIds the provider's ids of its latest hand-over, in the order of the parts; one where the provider has
     *     one for the whole text. Without an id it could not be followed: then leave it, it is UNCONFIRMED in the end
     * @return false if it is not in doubt, not known, or one of the ids belongs to another hand-over; then nothing is changed
     * @throws IllegalArgumentException if there is no id, or one is blank
     */
    public boolean settleTaken(MessageId message, List<String> providerMessageIds) {
        return byHand.taken(message, providerMessageIds);
    }

    /**
     * Says that no provider took a message that is {@link io.github.smsdispatch.MessageState#IN_DOUBT}. It is QUEUED then, and handed
     * over again; whoever is wrong has it sent twice.
     *
     * @return false if it is not in doubt, or not known; then nothing is changed
     */
    public boolean settleNotTaken(MessageId message) {
        boolean settled = byHand.notTaken(message);
        loops.wakeDispatcher();
        return settled;
    }

    /**
     * Erases the personal data of a message: number, text, sender and attributes; see {@link MessageStore#erase}. State,
     * history and costs stay. What still waits to be handed over is withdrawn first and is CANCELLED then, so that it is
     * never sent. What a provider has or may have cannot be erased before it is final: its number and text are needed to
     * find out what became of it.
     *
     * @return true if nothing of it is kept any more; false if it is not final, or not known: see {@link #status}
     */
    public boolean erase(MessageId message) {
        return eraser.erase(message);
    }

    /**
     * Erases the personal data of all messages of a tenant to a recipient, as {@link #erase} does, except those that are
     * enqueued meanwhile. A suppression of the recipient stays, with the number in it, because it is their own wish not to
     * get texts; {@link #unsuppress} takes it back. Looks at every message in the store, in small steps: seconds to minutes
     * where there are millions. Done again after a failure it goes on with what is left.
     */
    public ErasureSummary eraseRecipient(String tenant, PhoneNumber recipient) {
        return eraser.eraseRecipient(recipient, tenant);
    }

    /** Erases the personal data of the messages of all tenants to a recipient; see {@link #eraseRecipient(String, PhoneNumber)}. */
    public ErasureSummary eraseRecipient(PhoneNumber recipient) {
        return eraser.eraseRecipient(recipient, null);
    }

    /** What is known of a message. */
    public Optional<MessageStatus> status(MessageId message) {
        return store.find(message);
    }

    /** All that happened to a message, oldest first. */
    public List<MessageEvent> history(MessageId message) {
        return store.history(message);
    }

    /** All messages by state and account. */
    public List<StateCount> counts() {
        return store.counts();
    }

    /**
     * Never sends to this recipient for this tenant again, whatever is or will be queued, and whatever the recipient says:
     * a START takes back only their own STOP.
     *
     * @throws IllegalArgumentException if no message can have this tenant
     */
    public void suppress(String tenant, PhoneNumber recipient) {
        store.suppress(Message.requireTenant(tenant), recipient);
    }

    /**
     * Takes a suppression back, also one that the recipient or a provider has asked for.
     *
     * @throws IllegalArgumentException if no message can have this tenant
     */
    public void unsuppress(String tenant, PhoneNumber recipient) {
        store.unsuppress(Message.requireTenant(tenant), recipient);
    }

    /**
     * Sets what an operator wants of an account; obeyed by all nodes within a second or two. It may be another node's: of one
     * that neither this engine nor the store has heard of, a line in the log names those that they have.
     */
    public void setRunState(ProviderAccount account, RunState state) {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(state, "state");
        if (!accounts.containsKey(account)) {
            warnIfUnheardOf(account);
        }
        store.setRunState(account, state);
        loops.wakeHousekeeping();
    }

    /** Rather a slip of the pen than a wish. */
    private void warnIfUnheardOf(ProviderAccount account) {
        var known = new TreeSet<>(accounts.keySet());
        known.addAll(store.runStates().keySet());
        store.outlook().lines().keySet().stream()
                .map(Line::account)
                .filter(Objects::nonNull)
                .forEach(known::add);
        if (!known.contains(account)) {
            log.warn(
                    "the run state of {} is set, of which neither this engine nor the store has heard: was one of {} meant?",
                    account,
                    known);
        }
    }

    /**
     * Takes a webhook request of a provider: verifies it, does what it tells, and says how to answer. If this throws,
     * answer 503, and the provider will come again.
     *
     * <p>Receipts are stored first; they are applied to their messages shortly after. Then consent: what the provider says
     * of it, and {@link DispatchEngineBuilder#stopWords stop words}, suppress a person for the account's
     * {@link DispatchEngineBuilder#tenantsOf tenants}, or take that back. A consent that the provider limits to one of our
     * senders counts for all of them. Last, texts go to the {@link DispatchEngineBuilder#inboundHandler handler}. What was
     * done before a failure stays done, and is done again when the request comes again, which changes nothing more: a
     * receipt is kept once, and a word on consent is obeyed once for each account and id of the provider's, on whichever
     * node and however much later it comes again, so that it never undoes what the person said in between. A change of
     * consent that the provider tells without an id cannot be known again: STOP counts each time, START never.
     *
     * @return the verdict; 404 if the account is not known here or has no webhooks
     * @throws io.github.smsdispatch.store.StoreException if what it tells could not be stored
     * @throws InboundHandlerException if the handler has thrown, for whichever of the texts: it was given all of them
     * @throws WebhookFailedException if the provider's module or {@code tenantsOf} has thrown
     */
    public WebhookVerdict receive(ProviderAccount account, WebhookRequest request) {
        return reception.receive(account, request);
    }

    /**
     * Reads what a provider's log says of a time, and takes it as receipts: for after a time in which webhooks could not come,
     * and quicker than a look-up for each message. What it says of messages that others sent over the account is passed over. Page
     * after page, as fast as look-ups may go, and each page is tried ten times; blocks.
     *
     * @param from inclusive, by the provider's clock
     * @param until exclusive
     * @return what was read; {@link SweepSummary#trouble} says why it was not all
     * @throws IllegalArgumentException if the account is none of this engine, or its provider has no log
     * @throws io.github.smsdispatch.store.StoreException if what it says could not be stored
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public SweepSummary sweepLog(ProviderAccount account, Instant from, Instant until) throws InterruptedException {
        return sweepLog(account, from, until, pause -> TimeUnit.NANOSECONDS.sleep(pause.toNanos()));
    }

    SweepSummary sweepLog(ProviderAccount name, Instant from, Instant until, LogSweeper.Pause pause)
            throws InterruptedException {
        Account account = accounts.get(name);
        if (account == null || !(account.provider() instanceof MessageLog messageLog)) {
            throw new IllegalArgumentException(
                    name + (account == null ? " is no account of this engine" : " has no log that could be read"));
        }
        return sweeper.sweep(account, messageLog, from, until, pause);
    }

    /**
     * Waits, however long it takes, until every message in the store is final; see {@link #drain(Duration)}.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public void drain() throws InterruptedException {
        drain(ChronoUnit.FOREVER.getDuration());
    }

    /**
     * Waits until every message in the store is final and everything this engine knows is written. Messages that are due
     * later are waited for. So is a store that cannot be used for a while.
     *
     * @param atMost how long to wait; zero or less: looks once and returns
     * @return false if the time was over before
     * @throws IllegalStateException if the engine is closed: nobody would ever finish
     * @throws InterruptedException if the waiting thread is interrupted
     */
    public boolean drain(Duration atMost) throws InterruptedException {
        // Longer than any process lives, and short enough for a count of nanoseconds.
        long start = System.nanoTime();
        long deadline = start
                + Durations.max(Duration.ZERO, Durations.min(atMost, Duration.ofDays(3650)))
                        .toNanos();
        while (!isDrained()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            synchronized (this) {
                if (closed) {
                    throw new IllegalStateException("the engine is closed, and messages are still open");
                }
            }
            // The longer it takes, the less a moment counts, and the more there is for the database to do.
            long pause = Math.max(
                    drainPause.toNanos(), Math.min(LONGEST_DRAIN_PAUSE.toNanos(), (System.nanoTime() - start) / 20));
            TimeUnit.NANOSECONDS.sleep(Math.min(left, pause));
        }
        return true;
    }

    private boolean isDrained() {
        try {
            return loops.unwritten() == 0 && store.nextWorkAt().isEmpty();
        } catch (StoreException e) {
            log.debug("whether all messages are final cannot be asked just now: {}", e.getMessage());
            return false;
        }
    }

    /** How this engine fares: cheap, asks neither store nor providers. */
    public EngineHealth health() {
        boolean running;
        synchronized (this) {
            running = started && !closed && loops.isAlive();
        }
        return new EngineHealth(
                running,
                loops.storeTrouble(),
                loops.loopTrouble(),
                loops.failedRounds(),
                loops.longestStep(),
                loops.unwritten(),
                loops.strandedAccounts(),
                accounts.values().stream().map(Account::snapshot).toList());
    }

    /**
     * How far all nodes on the store together lag behind. Asks the store; as cheap as what an idle engine asks it twice a
     * second.
     *
     * @throws StoreException if the store cannot be used at the moment
     */
    public Overdue overdue() {
        return Overdue.of(store.outlook(), store.runStates(), accounts.keySet());
    }

    /** The accounts of this engine, in the order they were given. */
    public List<ProviderAccount> accounts() {
        return List.copyOf(accounts.keySet());
    }

    /** Adds a listener, which is told what happens from now on; see {@link DispatchEngineBuilder#listener}. */
    public void addListener(EngineListener listener) {
        announcer.add(Objects.requireNonNull(listener, "listener"));
    }

    /** See {@link EngineLoops#runOnce}. */
    boolean runOnce() {
        return loops.runOnce();
    }

    /**
     * Stops: begins nothing more, lets each of the three loops end its step, lets go what is begun, waits for calls under way and
     * then interrupts them, records how they ended, and closes the providers. For all that together it waits 30 seconds at the
     * most; what the store needs for the last statements, and a provider's module to close, comes on top. A hand-over whose end could not be recorded is in doubt when its lease ends.
     *
     * <p>An interrupt cuts short the one wait that it meets, and is set again at the end. A listener may call this: the loop
     * that called it is not waited for. Does nothing the second time, even while the first call is still at it.
     */
    @Override
    public void close() {
        close(STOP_PATIENCE);
    }

    void close(Duration patience) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        loops.stop(patience);
        accounts.values().forEach(DispatchEngine::close);
    }

    private static void close(Account account) {
        try {
            SmsProvider provider = account.provider();
            provider.close();
        } catch (RuntimeException | Error e) {
            log.warn("{} threw from close", account.name(), Trace.of(e));
        }
    }
}
