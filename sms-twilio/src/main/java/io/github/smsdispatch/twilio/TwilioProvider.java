package io.github.smsdispatch.twilio;

import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.CodeBook;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.RecipientCheck;
import io.github.smsdispatch.spi.RecipientFinding;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.UnknownCodes;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One Twilio account. Thread-safe. */
final class TwilioProvider
        implements SmsProvider, StatusLookup, DoubtLookup, MessageLog, RecipientCheck, WebhookParser, UnknownCodes {
    /** Longer texts are refused with error 21617 (Twilio docs, read 2026-11). */
    private static final int MAX_TEXT = 1_600;

    private final ProviderAccount account;
    private final ProviderTraits traits;
    private final ProviderHttp http;
    private final TwilioRequests requests;
    private final CodeBook codes;
    private final TwilioAnswers answers;
    private final TwilioStatus status;
    private final TwilioDoubts doubts;
    private final TwilioLog log;
    private final TwilioNumbers numbers;
    private final TwilioWebhooks webhooks;

    TwilioProvider(TwilioSettings settings) {
        this.account = settings.account;
        this.traits = ProviderTraits.builder()
                .maxTextLength(MAX_TEXT)
                .maxValidity(TwilioRequests.MAX_VALIDITY)
                .receiptPatience(settings.receiptPatience)
                .absenceProof(settings.absenceProof)
                .longestCall(settings.timeout)
                .build();
        this.http = new ProviderHttp(settings.account.toString(), settings.timeout);
        this.requests = new TwilioRequests(settings);
        this.codes = new CodeBook(settings.account.toString(), TwilioAnswers.CODES);
        var redaction = new AddressRedaction();
        this.answers = new TwilioAnswers(codes, redaction);
        var receipts = new TwilioReceipts(settings.account, codes, redaction);
        var list = new TwilioList(http);
        this.status = new TwilioStatus(receipts, requests, http);
        this.doubts = new TwilioDoubts(receipts, requests, list, redaction);
        this.log = new TwilioLog(receipts, requests, list);
        this.numbers = new TwilioNumbers(codes, requests, http, settings.lookupLineType);
        this.webhooks = new TwilioWebhooks(
                receipts, new TwilioInbound(settings.account), new TwilioSignature(settings.authToken), redaction);
    }

    @Override
    public ProviderTraits traits() {
        return traits;
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        return batch.stream()
                .map(submission -> Outcomes.submit(http, () -> requests.create(submission), answers::ofSubmit))
                .toList();
    }

    @Override
    public int maxLookupBatch() {
        return 1;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        return attempts.stream().map(status::of).toList();
    }

    @Override
    public LookupAnswer find(DoubtfulAttempt attempt) {
        return doubts.find(attempt);
    }

    @Override
    public LogAnswer readLog(Instant from, Instant until, @Nullable String cursor) {
        return log.read(from, until, cursor);
    }

    @Override
    public int maxCheckBatch() {
        return 1;
    }

    @Override
    public List<RecipientFinding> check(List<PhoneNumber> recipients) {
        return recipients.stream().map(numbers::check).toList();
    }

    @Override
    public WebhookVerdict parse(WebhookRequest request) {
        return webhooks.parse(request);
    }

    @Override
    public Map<String, Long> unknownCodes() {
        return codes.unknownCodes();
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "TwilioProvider[" + account + "]";
    }
}
