package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.CarrierStatistics;
import io.github.smsdispatch.testkit.carrier.ReceiptFault;
import io.github.smsdispatch.testkit.carrier.SubmissionFault;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Dialect;
import io.github.smsdispatch.testkit.carrier.wire.InboundText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A running carrier: puts the parts together and passes on what is asked of them. Thread-safe. */
public final class CarrierServer implements AutoCloseable {
    private final LoopbackServer server;
    private final Timetable timetable;
    private final @Nullable LedgerFile file;
    private final LedgerBook ledger;
    private final Map<String, Books> books = new HashMap<>();
    private final Map<String, Dialect> dialects = new HashMap<>();
    private final Receipts receipts;
    private final Webhooks webhooks;
    private final Fates fates;
    private final Darkness darkness;
    private final Counters counters = new Counters();
    private volatile Script script;

    /**
     * Starts to listen.
     *
     * @throws IllegalStateException if the ledger file is damaged or in use, or holds messages of other providers
     * @throws java.io.UncheckedIOException if the port is taken, or the ledger file cannot be used
     */
    public CarrierServer(CarrierSettings settings) {
        InstantSource clock = settings.clock();
        this.script = settings.script();
        this.fates = new Fates(settings.seed());
        this.server = new LoopbackServer(settings.port());
        try {
            this.file = settings.ledgerFile() == null ? null : new LedgerFile(settings.ledgerFile());
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
        this.ledger = new LedgerBook(file);
        this.timetable = new Timetable(clock);
        this.darkness = new Darkness(clock, timetable, server, counters);
        settings.dialects().forEach((provider, dialect) -> {
            var its = new Books(provider, ledger, clock, () -> script.listingLag());
            books.put(provider, its);
            dialects.put(provider, dialect.apply(its));
        });
        var poster = new WebhookPoster();
        this.receipts =
                new Receipts(clock, timetable, ledger, this::dialectOf, settings.receiptUrls(), poster, counters);
        this.webhooks = new Webhooks(settings.inboundUrls(), fates, poster);
        var desk = new FrontDesk(
                List.copyOf(dialects.values()), ledger, clock, fates, () -> script, receipts, counters, darkness);
        try {
            resumeReceipts();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        darkness.follow(script);
        server.serve(desk::handle);
    }

    private void resumeReceipts() {
        if (file != null) {
            file.messages().forEach(message -> dialectOf(message.provider()));
            for (CarrierMessage message : file.messages()) {
                receipts.begin(message, file.reportedBefore(message));
            }
        }
    }

    /** @throws IllegalStateException if the ledger file holds what this simulator does not play */
    private Dialect dialectOf(String name) {
        Dialect dialect = dialects.get(name);
        if (dialect == null) {
            throw new IllegalStateException(
                    "the ledger file holds messages of provider " + name + ", which this simulator does not play");
        }
        return dialect;
    }

    public int port() {
        return server.port();
    }

    public LedgerBook ledger() {
        return ledger;
    }

    public CarrierStatistics statistics() {
        return counters.snapshot(receipts.open());
    }

    public void follow(Script newScript) {
        script = newScript;
        darkness.follow(newScript);
    }

    public void nextSubmissions(int count, SubmissionFault fault) {
        fates.nextSubmissions(count, fault);
    }

    public void nextMessages(int count, ReceiptFault fault) {
        fates.nextMessages(count, fault);
    }

    public void goDark() {
        darkness.goDark();
    }

    public void comeBack() {
        darkness.comeBack();
    }

    public boolean isDark() {
        return server.isShut();
    }

    /** At every provider that is played. */
    public void optOut(String e164) {
        books.values().forEach(its -> its.optOut(e164, null));
    }

    public void optOut(String provider, String e164) {
        played(books, provider).optOut(e164, null);
    }

    /** Whether the receiver took all of it. */
    public boolean sendText(String provider, InboundText text) throws InterruptedException {
        return webhooks.sendText(played(dialects, provider), text);
    }

    /** Whether the receiver took it. */
    public boolean sendOptOut(String provider, String recipient, String sender) throws InterruptedException {
        return webhooks.sendOptOut(played(dialects, provider), played(books, provider), recipient, sender);
    }

    public boolean awaitReceipts(Duration timeout) throws InterruptedException {
        return receipts.awaitNoneOpen(timeout);
    }

    @Override
    public void close() {
        server.close();
        timetable.close();
        if (file != null) {
            file.close();
        }
    }

    private static <T> T played(Map<String, T> byProvider, String provider) {
        T found = byProvider.get(provider);
        if (found == null) {
            throw new IllegalArgumentException("provider " + provider + " is not played, only "
                    + String.join(", ", new TreeSet<>(byProvider.keySet())));
        }
        return found;
    }
}
