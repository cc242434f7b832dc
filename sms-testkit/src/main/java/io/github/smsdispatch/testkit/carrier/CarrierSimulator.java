package io.github.smsdispatch.testkit.carrier;

import io.github.smsdispatch.testkit.carrier.server.CarrierServer;
import io.github.smsdispatch.testkit.carrier.server.CarrierSettings;
import io.github.smsdispatch.testkit.carrier.server.WebhookUrls;
import io.github.smsdispatch.testkit.carrier.twilio.TwilioDialect;
import io.github.smsdispatch.testkit.carrier.vonage.VonageDialect;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.Dialect;
import io.github.smsdispatch.testkit.carrier.wire.InboundText;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
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
    private static final Pattern E164 = Pattern.compile("\\+[1-9][0-9]{6,14}");

    private final CarrierServer server;
    private final Ledger ledger;

    private CarrierSimulator(CarrierSettings settings) {
        this.server = new CarrierServer(settings);
        this.ledger = new Ledger(server.ledger(), settings.clock());
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
        return server.statistics();
    }

    /** Replaces the script; times of darkness in the new one count from now. Messages already accepted keep their fate. */
    public void faults(FaultScript newScript) {
        server.follow(newScript.script);
    }

    /** The next valid submissions meet this fault, whatever the script says; queues behind earlier calls. */
    public void nextSubmissions(int count, SubmissionFault fault) {
        server.nextSubmissions(count, fault);
    }

    /** The receipts of the next accepted messages meet this fault, whatever the script says; queues likewise. */
    public void nextMessages(int count, ReceiptFault fault) {
        server.nextMessages(count, fault);
    }

    /**
     * Refuses connections and closes idle ones until {@link #comeBack}; requests under way still get their answer.
     * Receipts go on being posted.
     */
    public void goDark() {
        server.goDark();
    }

    /** Ends every darkness, whoever wanted it. */
    public void comeBack() {
        server.comeBack();
    }

    /** Whether connections are refused. */
    public boolean isDark() {
        return server.isDark();
    }

    /** The recipient said STOP: submissions to this number, in E.164 form, are refused with the provider's code for it. */
    public void optOut(String e164) {
        server.optOut(e164);
    }

    /**
     * The same, at one provider only.
     *
     * @throws IllegalArgumentException if the provider is not played
     */
    public void optOut(String provider, String e164) {
        server.optOut(provider, e164);
    }

    /**
     * A phone sends a text to the account: posts it to {@link Builder#inboundUrl} in the provider's format, signed as the
     * provider signs, on the calling thread. Posted once: what the receiver does not take is not sent again, so that the
     * test decides. At Twilio, a STOP word opts the phone out and a START word opts it in again.
     *
     * @param fromE164 the phone, with plus sign
     * @param to the account's number or short code
     * @param text not empty
     * @return whether the receiver answered 2xx, to each part of a long text
     * @throws IllegalArgumentException if the provider is not played, or a value is none
     * @throws IllegalStateException if there is no inboundUrl
     * @throws UnsupportedOperationException if the provider hands over no texts
     */
    public boolean sendText(String provider, String fromE164, String to, String text) throws InterruptedException {
        checkPhone(fromE164);
        if (to.isBlank() || text.isEmpty()) {
            throw new IllegalArgumentException("a text needs a number it goes to, and must not be empty");
        }
        return server.sendText(provider, new InboundText(fromE164, to, text));
    }

    /**
     * The recipient opts out of the texts of one sender, and the provider tells the account so, at
     * {@link Builder#inboundUrl}; once, like {@link #sendText}. From then on submissions from this sender to the recipient
     * are refused.
     *
     * @param recipient in E.164 form with plus sign
     * @return whether the receiver answered 2xx
     * @throws IllegalArgumentException if the provider is not played, or a value is none
     * @throws IllegalStateException if there is no inboundUrl
     * @throws UnsupportedOperationException if the provider does not tell who opted out; nothing is changed
     */
    public boolean sendOptOut(String provider, String recipient, String sender) throws InterruptedException {
        checkPhone(recipient);
        return server.sendOptOut(provider, recipient, sender);
    }

    private static void checkPhone(String number) {
        if (!E164.matcher(number).matches()) {
            throw new IllegalArgumentException("a phone's number must be in E.164 form with plus sign");
        }
    }

    /**
     * Waits until every receipt of every message accepted so far was taken or given up. With a clock that stands still,
     * move it past the last receipt first.
     *
     * @param timeout in real time
     * @return false if the time was up before
     */
    public boolean awaitReceipts(Duration timeout) throws InterruptedException {
        return server.awaitReceipts(timeout);
    }

    /** Stops listening, closes all connections, stops posting receipts. A ledger file may be opened again afterwards. */
    @Override
    public void close() {
        server.close();
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
        private WebhookUrls receiptUrls = WebhookUrls.NONE;
        private WebhookUrls inboundUrls = WebhookUrls.NONE;

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
            this.receiptUrls = receiptUrls.with(null, url);
            return this;
        }

        /** The same for one provider, before the one for all. */
        public Builder receiptUrl(String provider, URI url) {
            this.receiptUrls = receiptUrls.with(provider, url);
            return this;
        }

        /** Where texts from phones and opt-outs go; nowhere by default. On this machine only. */
        public Builder inboundUrl(URI url) {
            this.inboundUrls = inboundUrls.with(null, url);
            return this;
        }

        /** The same for one provider, before the one for all. */
        public Builder inboundUrl(String provider, URI url) {
            this.inboundUrls = inboundUrls.with(provider, url);
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
            Map<String, Function<CarrierBooks, Dialect>> dialects = dialects();
            if (dialects.isEmpty()) {
                throw new IllegalArgumentException("name a provider to play, such as twilio(...) or vonage(...)");
            }
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port must be 0 to 65535, but is " + port);
            }
            if (vonageReportPage < 1 || vonageReportPage > 1000) {
                throw new IllegalArgumentException("vonageReportPage must be 1 to 1000, but is " + vonageReportPage);
            }
            receiptUrls.check("receiptUrl", dialects.keySet());
            inboundUrls.check("inboundUrl", dialects.keySet());
            return new CarrierSimulator(new CarrierSettings(
                    port, seed, script.script, clock, ledgerPath, receiptUrls, inboundUrls, dialects));
        }

        /** The providers to play, by the names of their modules. */
        private Map<String, Function<CarrierBooks, Dialect>> dialects() {
            var dialects = new LinkedHashMap<String, Function<CarrierBooks, Dialect>>();
            TwilioCredentials twilioAccount = twilio;
            if (twilioAccount != null) {
                dialects.put(TwilioDialect.PROVIDER, books -> new TwilioDialect(twilioAccount, books));
            }
            VonageCredentials vonageAccount = vonage;
            if (vonageAccount != null) {
                VonageReceiptFormat format = vonageReceipts;
                int page = vonageReportPage;
                dialects.put(VonageDialect.PROVIDER, books -> new VonageDialect(vonageAccount, format, page, books));
            }
            return dialects;
        }
    }
}
