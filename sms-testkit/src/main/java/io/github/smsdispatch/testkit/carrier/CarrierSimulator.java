package io.github.smsdispatch.testkit.carrier;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A carrier on 127.0.0.1 that speaks the wire formats of real providers over real HTTP/1.1. It accepts messages, lets
 * them live, posts signed receipts, answers look-ups, keeps a {@link Ledger} of what it accepted, and fails as its
 * {@link FaultScript} says. Several providers share one address; their paths differ.
 *
 * <pre>{@code
 * try (var carrier = CarrierSimulator.builder()
 *         .twilio(TwilioCredentials.fake())
 *         .seed(7)
 *         .faults(FaultScript.of("lose-answer=10%"))
 *         .start()) {
 *     send(carrier.baseUrl());
 *     assertThat(carrier.ledger().acceptedMoreThanOnce()).isEmpty();
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class CarrierSimulator implements AutoCloseable {
    private final LoopbackServer server;
    private final Timetable timetable;
    private final @Nullable LedgerFile file;
    private final Ledger ledger;
    private final Receipts receipts;
    private final Fates fates;
    private final Darkness darkness;
    private final Set<String> optedOut = ConcurrentHashMap.newKeySet();
    private final Counters counters = new Counters();
    private volatile FaultScript script;

    private CarrierSimulator(Builder builder) {
        InstantSource clock = builder.clock;
        this.script = builder.script;
        this.fates = new Fates(builder.seed);
        this.server = new LoopbackServer(builder.port);
        try {
            this.file = builder.ledgerPath == null ? null : new LedgerFile(builder.ledgerPath);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        this.ledger = new Ledger(clock, file);
        this.timetable = new Timetable(clock);
        this.darkness = new Darkness(clock, timetable, server, counters);
        var books = new CarrierBooks(ledger, clock, optedOut, () -> script.listingLag);
        Map<String, Dialect> dialects = builder.dialects(books);
        this.receipts =
                new Receipts(clock, timetable, ledger, name -> dialect(dialects, name), builder.receiptUrl, counters);
        var desk =
                new FrontDesk(List.copyOf(dialects.values()), books, fates, () -> script, receipts, counters, darkness);
        try {
            resumeReceipts(dialects);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        darkness.follow(script);
        server.serve(desk::handle);
    }

    private void resumeReceipts(Map<String, Dialect> dialects) {
        if (file != null) {
            file.messages().forEach(message -> dialect(dialects, message.provider()));
            for (CarrierMessage message : file.messages()) {
                receipts.begin(message, file.reportedBefore(message));
            }
        }
    }

    /** Begins with seed 1, no faults, any free port, and no provider: name at least one. */
    public static Builder builder() {
        return new Builder();
    }

    /** {@code http://127.0.0.1:port}, the same for all providers. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** The port; the same after going dark and coming back. */
    public int port() {
        return server.port();
    }

    /** What was accepted. */
    public Ledger ledger() {
        return ledger;
    }

    /** What was done so far. */
    public CarrierStatistics statistics() {
        return counters.snapshot(receipts.open());
    }

    /** Replaces the script; times of darkness in the new one count from now. Messages already accepted keep their fate. */
    public void faults(FaultScript newScript) {
        script = newScript;
        darkness.follow(newScript);
    }

    /** The next valid submissions meet this fault, whatever the script says; queues behind earlier calls. */
    public void nextSubmissions(int count, SubmissionFault fault) {
        fates.nextSubmissions(count, fault);
    }

    /** The receipts of the next accepted messages meet this fault, whatever the script says; queues likewise. */
    public void nextMessages(int count, ReceiptFault fault) {
        fates.nextMessages(count, fault);
    }

    /**
     * Refuses connections and closes idle ones until {@link #comeBack}; requests under way still get their answer.
     * Receipts go on being posted.
     */
    public void goDark() {
        darkness.goDark();
    }

    /** Ends every darkness, whoever wanted it. */
    public void comeBack() {
        darkness.comeBack();
    }

    /** Whether connections are refused. */
    public boolean isDark() {
        return server.isShut();
    }

    /** The recipient said STOP: submissions to this number, in E.164 form, are refused with the provider's code for it. */
    public void optOut(String e164) {
        optedOut.add(e164);
    }

    /**
     * Waits until every receipt of every message accepted so far was taken or given up. With a clock that stands still,
     * move it past the last receipt first.
     *
     * @param timeout in real time
     * @return false if the time was up before
     */
    public boolean awaitReceipts(Duration timeout) throws InterruptedException {
        return receipts.awaitNoneOpen(timeout);
    }

    /** Stops listening, closes all connections, stops posting receipts. A ledger file may be opened again afterwards. */
    @Override
    public void close() {
        server.close();
        timetable.close();
        if (file != null) {
            file.close();
        }
    }

    /** @throws IllegalStateException if the ledger file holds what this simulator does not play */
    private static Dialect dialect(Map<String, Dialect> dialects, String name) {
        Dialect dialect = dialects.get(name);
        if (dialect == null) {
            throw new IllegalStateException(
                    "the ledger file holds messages of provider " + name + ", which this simulator does not play");
        }
        return dialect;
    }

    /** Collects what a simulator is to be. Not thread-safe. */
    public static final class Builder {
        private int port;
        private long seed = 1;
        private FaultScript script = FaultScript.none();
        private InstantSource clock = InstantSource.system();
        private @Nullable TwilioCredentials twilio;
        private @Nullable VonageCredentials vonage;
        private VonageReceiptFormat vonageReceipts = VonageReceiptFormat.POST_JSON;
        private int vonageReportPage = 1000;
        private @Nullable Path ledgerPath;
        private @Nullable URI receiptUrl;

        private Builder() {}

        /** The port on 127.0.0.1; 0, the default, takes any free one. */
        public Builder port(int value) {
            this.port = value;
            return this;
        }

        /** What randomness begins with; 1 by default. The same seed draws the same fates. */
        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        /** What goes wrong; nothing by default. */
        public Builder faults(FaultScript value) {
            this.script = value;
            return this;
        }

        /** The carrier's clock, by which messages live and receipts fall due; the system's by default. */
        public Builder clock(InstantSource value) {
            this.clock = value;
            return this;
        }

        /** Plays Twilio for this account. */
        public Builder twilio(TwilioCredentials credentials) {
            this.twilio = credentials;
            return this;
        }

        /** Plays Vonage for this account. */
        public Builder vonage(VonageCredentials credentials) {
            this.vonage = credentials;
            return this;
        }

        /** How Vonage's receipts are sent; as JSON by default. */
        public Builder vonageReceipts(VonageReceiptFormat format) {
            this.vonageReceipts = format;
            return this;
        }

        /** How many records a page of Vonage's reports holds, 1 to 1,000; 1,000 by default. */
        public Builder vonageReportPage(int records) {
            this.vonageReportPage = records;
            return this;
        }

        /** Where receipts go when a submission names no address of its own; nowhere by default. On this machine only. */
        public Builder receiptUrl(URI url) {
            this.receiptUrl = url;
            return this;
        }

        /**
         * Keeps the ledger in this file too, and begins with what is in it: a simulator that was killed and started again
         * knows what it accepted, goes on posting receipts, and answers look-ups. Holds texts and numbers in clear.
         */
        public Builder ledgerFile(Path path) {
            this.ledgerPath = path;
            return this;
        }

        /**
         * Starts to listen.
         *
         * @throws IllegalArgumentException if no provider was named, or a value is out of range
         * @throws IllegalStateException if the ledger file is damaged or in use
         * @throws java.io.UncheckedIOException if the port is taken, or the ledger file cannot be used
         */
        public CarrierSimulator start() {
            if (twilio == null && vonage == null) {
                throw new IllegalArgumentException("name a provider to play: twilio(...), vonage(...) or both");
            }
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be 0 to 65535, but is " + port);
            }
            if (vonageReportPage < 1 || vonageReportPage > 1000) {
                throw new IllegalArgumentException("vonageReportPage must be 1 to 1000, but is " + vonageReportPage);
            }
            if (receiptUrl != null && !ReceiptPoster.isOnThisMachine(receiptUrl)) {
                throw new IllegalArgumentException("receiptUrl must be an address on this machine, such as"
                        + " http://127.0.0.1:8080/receipts: the simulator calls nobody else");
            }
            return new CarrierSimulator(this);
        }

        private Map<String, Dialect> dialects(CarrierBooks books) {
            var all = new ArrayList<Dialect>();
            if (twilio != null) {
                all.add(new TwilioDialect(twilio, books));
            }
            if (vonage != null) {
                all.add(new VonageDialect(vonage, vonageReceipts, vonageReportPage, books));
            }
            var byName = new HashMap<String, Dialect>();
            all.forEach(dialect -> byName.put(dialect.provider(), dialect));
            return byName;
        }
    }
}
