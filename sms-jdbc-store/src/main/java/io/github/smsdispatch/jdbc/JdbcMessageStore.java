package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.RunState;
import io.github.smsdispatch.StateChange;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.store.AttemptEnd;
import io.github.smsdispatch.store.AttemptStart;
import io.github.smsdispatch.store.BeginRequest;
import io.github.smsdispatch.store.BeginRound;
import io.github.smsdispatch.store.Claim;
import io.github.smsdispatch.store.ClaimRequest;
import io.github.smsdispatch.store.ConsentWord;
import io.github.smsdispatch.store.EnqueueResult;
import io.github.smsdispatch.store.FinalPlace;
import io.github.smsdispatch.store.InboxRound;
import io.github.smsdispatch.store.LateRetries;
import io.github.smsdispatch.store.MessagePage;
import io.github.smsdispatch.store.MessageStore;
import io.github.smsdispatch.store.Outlook;
import io.github.smsdispatch.store.PastAttempt;
import io.github.smsdispatch.store.PermitRequest;
import io.github.smsdispatch.store.PurgeRound;
import io.github.smsdispatch.store.Release;
import io.github.smsdispatch.store.SyncEnd;
import io.github.smsdispatch.store.SyncTask;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Keeps messages in MariaDB (from 10.6), MySQL (from 8.0.1) or H2 (from 2.2.220), shared by any number of nodes.
 *
 * <pre>{@code
 * JdbcMessageStore store = JdbcMessageStore.builder(dataSource).build();
 * store.createSchema();
 * }</pre>
 *
 * <p>Each call is one transaction (READ COMMITTED) on a connection of its own, which is given back before the call
 * returns; a call that loses a deadlock or waits too long for a lock is run again, ten times at the most, and one whose
 * connection is lost or only lets it read four times in all, each on another connection. It is not run again when the answer
 * to its commit was lost: then it may have been kept, the exception says so, and the caller may make it again. Times are by
 * the clock of the database and stored in UTC, whatever the time zone of process and connection. Give it a data source
 * that pools connections, unless the database is embedded.
 *
 * <h2>H2</h2>
 *
 * <p>By default H2 writes to its file half a second after a commit (WRITE_DELAY), so that a killed process loses what it
 * had committed. {@link #createSchema} sets that delay to 0 until the database is closed, if the user is an administrator; the URL does it for every start. Files were seen
 * to break when the process was killed with several connections open, or with RETENTION_TIME=0. What held in dozens of
 * kills is one connection, closed with {@code SHUTDOWN COMPACT}, on
 *
 * <pre>{@code
 * jdbc:h2:file:./data/sms;WRITE_DELAY=0;REUSE_SPACE=FALSE;COMPRESS=TRUE
 * }</pre>
 *
 * <p>That is experience, not a promise of H2: where {@code kill -9} or a power cut must not lose anything, use MariaDB or
 * MySQL.
 *
 * <p>Every method may throw {@link io.github.smsdispatch.store.StoreException} when the database cannot be used, and,
 * on the first use, {@link io.github.smsdispatch.spi.ConfigurationException} when it is of the wrong kind or its schema
 * is missing, in part or as a whole, too old or too new. Neither shows a number or a text, nor does their cause. Thread-safe.
 */
public final class JdbcMessageStore implements MessageStore {
    private final Database database;
    private final Enqueue enqueue;
    private final Dispatches dispatches;
    private final Rates rates;
    private final Closings closings;
    private final Inbox inbox;
    private final Syncs syncs;
    private final Controls controls;
    private final Suppressions suppressions;
    private final Queries queries;
    private final Purges purges;
    private final Erasures erasures;
    private final Pages pages;

    private JdbcMessageStore(Database database) {
        var accounts = new Accounts(database);
        var loader = new Loader(accounts);
        var bodies = new Bodies();
        var keeper = new Keeper(accounts, bodies);
        this.database = database;
        this.enqueue = new Enqueue(database, accounts, keeper, bodies);
        this.dispatches = new Dispatches(database, accounts, loader, keeper, bodies);
        this.rates = new Rates(database, accounts);
        this.closings = new Closings(database, loader, keeper);
        this.inbox = new Inbox(database, accounts, loader, keeper);
        this.syncs = new Syncs(database, accounts, loader, keeper, bodies, inbox);
        this.controls = new Controls(database, accounts);
        this.suppressions = new Suppressions(database);
        this.queries = new Queries(database, accounts, loader);
        this.purges = new Purges(database);
        this.erasures = new Erasures(database, loader, keeper);
        this.pages = new Pages(database, loader);
    }

    /**
     * Begins a store.
     *
     * @param dataSource where its connections come from; stays open when the store is closed
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(dataSource);
    }

    /**
     * Creates the tables, or brings those of an earlier version up to date. Any number of nodes may call it at the same
     * time, each time they start: what is missing is applied once, under a lock. Where nothing is missing it changes nothing,
     * so that a user without the right to create tables may call it. Where it makes tables beside a set with another prefix it
     * warns. In an H2 file it also sets WRITE_DELAY to 0.
     *
     * <p>Whoever would rather run the scripts with Flyway, Liquibase or by hand finds them in the jar, in {@code
     * sms-dispatch/mysql} and {@code sms-dispatch/h2}; {@code docs/schema.md} tells how.
     *
     * @throws io.github.smsdispatch.spi.ConfigurationException if the database cannot be reached, is of the wrong kind,
     *     or does not let its user do this
     */
    public void createSchema() {
        database.createSchema();
    }

    /**
     * The whole schema as SQL for the kind of database that the data source leads to, for those who create it by hand.
     *
     * @throws io.github.smsdispatch.spi.ConfigurationException if the database cannot be reached or is of the wrong kind
     */
    public String schemaSql() {
        return database.schemaSql();
    }

    /**
     * Looks whether the database can be used: to be called at start, to fail early.
     *
     * @throws io.github.smsdispatch.spi.ConfigurationException if the database cannot be reached, is of the wrong kind,
     *     or has no schema, an older or a newer one, or one that lacks a table or a column
     */
    public void check() {
        database.check();
    }

    @Override
    public Instant now() {
        return database.read("to ask for the time", Tx::now);
    }

    @Override
    public List<EnqueueResult> enqueue(List<Message> messages, Map<MessageId, ProviderAccount> routes) {
        return enqueue.enqueue(messages, routes);
    }

    @Override
    public List<Claim> claim(ClaimRequest request) {
        return dispatches.claim(request);
    }

    @Override
    public BeginRound beginNext(List<BeginRequest> requests, Duration lease) {
        return dispatches.beginNext(requests, lease);
    }

    @Override
    public List<StateChange> begin(List<AttemptStart> starts, Duration lease) {
        return dispatches.begin(starts, lease);
    }

    @Override
    public List<StateChange> finish(List<AttemptEnd> ends) {
        return dispatches.finish(ends);
    }

    @Override
    public Duration reserve(PermitRequest request) {
        return rates.reserve(request);
    }

    @Override
    public List<StateChange> release(List<Release> releases) {
        return dispatches.release(releases);
    }

    @Override
    public List<StateChange> recover(int limit) {
        return dispatches.recover(limit);
    }

    @Override
    public List<StateChange> expire(Duration grace, int limit) {
        return closings.expire(grace, limit);
    }

    @Override
    public int receive(List<Receipt> receipts) {
        return inbox.receive(receipts);
    }

    @Override
    public InboxRound applyReceipts(int limit, LateRetries retries) {
        return inbox.apply(limit, retries);
    }

    @Override
    public List<SyncTask> claimSync(ProviderAccount account, int limit, Duration lease) {
        return syncs.claim(account, limit, lease);
    }

    @Override
    public List<StateChange> finishSync(List<SyncEnd> ends, LateRetries retries) {
        return syncs.finish(ends, retries);
    }

    @Override
    public Set<String> knownIds(ProviderAccount account, Collection<String> providerMessageIds) {
        return syncs.knownIds(account, providerMessageIds);
    }

    @Override
    public List<StateChange> cancel(Collection<MessageId> messages) {
        return closings.cancel(messages);
    }

    @Override
    public void suppress(String tenant, PhoneNumber recipient) {
        suppressions.suppress(Message.requireTenant(tenant), recipient);
    }

    @Override
    public void unsuppress(String tenant, PhoneNumber recipient) {
        suppressions.unsuppress(Message.requireTenant(tenant), recipient);
    }

    @Override
    public boolean consent(ConsentWord word) {
        return suppressions.consent(word);
    }

    @Override
    public Map<ProviderAccount, RunState> runStates() {
        return controls.runStates();
    }

    @Override
    public void setRunState(ProviderAccount account, RunState state) {
        Objects.requireNonNull(state, "state");
        controls.setRunState(account, state);
    }

    @Override
    public Optional<MessageStatus> find(MessageId message) {
        return queries.find(message);
    }

    @Override
    public Optional<MessageStatus> findByKey(String tenant, String idempotencyKey) {
        return queries.findByKey(tenant, idempotencyKey);
    }

    @Override
    public Optional<MessageStatus> findByAttempt(AttemptId attempt) {
        return queries.findByAttempt(attempt);
    }

    @Override
    public Map<AttemptId, MessageId> messagesOf(Collection<AttemptId> attempts) {
        return queries.messagesOf(attempts);
    }

    @Override
    public List<MessageEvent> history(MessageId message) {
        return queries.history(message);
    }

    @Override
    public List<PastAttempt> attempts(MessageId message) {
        return queries.attempts(message);
    }

    @Override
    public List<StateCount> counts() {
        return queries.counts();
    }

    @Override
    public Outlook outlook() {
        return queries.outlook();
    }

    @Override
    public PurgeRound purge(Duration finalFor, int limit) {
        return purges.purge(finalFor, limit);
    }

    @Override
    public Set<MessageId> erase(Collection<MessageId> messages) {
        return erasures.erase(messages);
    }

    @Override
    public int erase(Duration finalFor, int limit) {
        return erasures.erase(finalFor, limit);
    }

    @Override
    public MessagePage messagesTo(
            PhoneNumber recipient, @Nullable String tenant, @Nullable MessageId after, int limit) {
        return pages.messagesTo(recipient, tenant, after, limit);
    }

    @Override
    public List<MessageStatus> finalMessages(@Nullable FinalPlace after, Duration finalFor, int limit) {
        return pages.finalMessages(after, finalFor, limit);
    }

    /** Collects the settings of a store. Not thread-safe. */
    public static final class Builder {
        private static final Pattern PREFIX = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,23}");

        private final DataSource dataSource;
        private String tablePrefix = "sms_";
        private @Nullable InstantSource clock;

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /**
         * What the names of all tables begin with: 1 to 24 letters, digits and underscores, no digit in front;
         * {@code sms_} by default.
         *
         * @throws IllegalArgumentException if it is anything else
         */
        public Builder tablePrefix(String value) {
            if (!PREFIX.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "tablePrefix must be 1 to 24 letters, digits and underscores, no digit in front");
            }
            this.tablePrefix = value;
            return this;
        }

        /** A clock in place of the database's, for tests and simulations: nodes with clocks of their own disagree. */
        public Builder clock(InstantSource value) {
            this.clock = value;
            return this;
        }

        /** Makes the store. Does no I/O: the first call, {@link JdbcMessageStore#check} or {@link JdbcMessageStore#createSchema} does. */
        public JdbcMessageStore build() {
            return new JdbcMessageStore(new Database(dataSource, tablePrefix, clock));
        }
    }
}
