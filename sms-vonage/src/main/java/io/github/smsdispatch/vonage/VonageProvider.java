package io.github.smsdispatch.vonage;

import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.http.Outcomes;
import io.github.smsdispatch.http.ProviderHttp;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.SentAttempt;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.StatusLookup;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import io.github.smsdispatch.spi.UnknownCodes;
import io.github.smsdispatch.spi.WebhookParser;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One Vonage account. Thread-safe. */
class VonageProvider implements SmsProvider, StatusLookup, DoubtLookup, MessageLog, WebhookParser, UnknownCodes {
    /** Parameter {@code text} of both APIs (guide "Concatenation and encoding", OpenAPI document Messages 1.20.0, read 2026-11). */
    private static final int MAX_TEXT = 3_200;

    private final ProviderAccount account;
    private final ProviderTraits traits;
    private final ProviderHttp http;
    private final Codes codes;
    private final SendingApi api;
    private final VonageLookups lookups;
    private final VonageLog log;
    private final VonageWebhooks webhooks;

    /**
     * @param token null: no application is configured
     * @param clock for the age of signatures and tokens
     */
    VonageProvider(VonageSettings settings, @Nullable ApplicationToken token, InstantSource clock) {
        this.account = settings.account;
        this.traits = ProviderTraits.builder()
                .maxTextLength(MAX_TEXT)
                .maxValidity(SendingApi.MAX_VALIDITY)
                .receiptsPerPart(settings.api == Api.SMS)
                .receiptPatience(settings.receiptPatience)
                .absenceProof(settings.absenceProof)
                .longestCall(settings.timeout)
                .build();
        this.http = new ProviderHttp(account.toString(), settings.timeout);
        this.codes = new Codes(account);
        this.api = settings.api == Api.SMS
                ? new SmsApi(settings, codes.of(Api.SMS))
                : new MessagesApi(settings, token, codes.of(Api.MESSAGES));
        var smsWords = new ReceiptWords(account, Api.SMS, codes);
        var messagesWords = new ReceiptWords(account, Api.MESSAGES, codes);
        var smsReports = new VonageReports(settings, Api.SMS, smsWords, http);
        var messagesReports = new VonageReports(settings, Api.MESSAGES, messagesWords, http);
        boolean sendsBySms = settings.api == Api.SMS;
        this.lookups =
                new VonageLookups(sendsBySms ? smsReports : messagesReports, sendsBySms ? messagesReports : smsReports);
        this.log = new VonageLog(sendsBySms ? smsReports : messagesReports);
        this.webhooks = new VonageWebhooks(
                settings,
                new SignatureAge(settings.webhookMaxAge, clock),
                new SmsWebhooks(account, smsWords),
                new MessagesWebhooks(account, messagesWords));
    }

    /** An account as it is configured, with what that lets it do. */
    static VonageProvider of(VonageSettings settings, InstantSource clock) {
        @Nullable String applicationId = settings.applicationId;
        @Nullable PrivateKey key = settings.privateKey;
        return applicationId == null || key == null
                ? new VonageProvider(settings, null, clock)
                : new CheckingVonageProvider(settings, new ApplicationToken(applicationId, key, clock), clock);
    }

    final ProviderHttp http() {
        return http;
    }

    @Override
    public ProviderTraits traits() {
        return traits;
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        return batch.stream()
                .map(submission -> Outcomes.submit(http, () -> api.request(submission), api::outcome))
                .toList();
    }

    @Override
    public int maxLookupBatch() {
        return VonageLookups.MAX_IDS;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        return lookups.lookUp(attempts);
    }

    @Override
    public LookupAnswer find(DoubtfulAttempt attempt) {
        return lookups.find(attempt);
    }

    @Override
    public LogAnswer readLog(Instant from, Instant until, @Nullable String cursor) {
        return log.read(from, until, cursor);
    }

    @Override
    public Map<String, Long> unknownCodes() {
        return codes.unknownCodes();
    }

    @Override
    public WebhookVerdict parse(WebhookRequest request) {
        return webhooks.parse(request);
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "VonageProvider[" + account + "]";
    }
}
