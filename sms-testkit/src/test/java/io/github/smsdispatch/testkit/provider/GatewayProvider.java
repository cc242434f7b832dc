package io.github.smsdispatch.testkit.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.smsdispatch.AttemptId;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.spi.DoubtLookup;
import io.github.smsdispatch.spi.DoubtfulAttempt;
import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.LogAnswer;
import io.github.smsdispatch.spi.LookupAnswer;
import io.github.smsdispatch.spi.MessageLog;
import io.github.smsdispatch.spi.ProviderSettings;
import io.github.smsdispatch.spi.ProviderTraits;
import io.github.smsdispatch.spi.Receipt;
import io.github.smsdispatch.spi.ReceiptState;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All capabilities, with whatever flaws a test asks for. */
final class GatewayProvider
        implements SmsProvider, StatusLookup, DoubtLookup, RecipientCheck, MessageLog, WebhookParser, UnknownCodes {
    private static final Logger log = LoggerFactory.getLogger(GatewayProvider.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final ProviderAccount account;
    private final String url;
    private final String key;
    private final Duration timeout;
    private final GatewayHttp http;
    private final GatewayWebhooks webhooks;
    private final Set<Flaw> flaws;
    private final Map<String, Long> unknownCodes = new ConcurrentHashMap<>();
    private volatile boolean refusedOnce;
    private volatile String lastId = "none";
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<Runnable> repetitions = new ConcurrentLinkedQueue<>();

    GatewayProvider(ProviderSettings settings, Set<Flaw> flaws) {
        this.account = settings.account();
        this.url = settings.get("url");
        this.key = settings.get("key");
        this.flaws = flaws;
        this.timeout = Duration.parse(settings.get("timeout"));
        this.http = new GatewayHttp(timeout, key, flaws);
        this.webhooks = new GatewayWebhooks(account, key, flaws);
    }

    private boolean has(Flaw flaw) {
        return flaws.contains(flaw);
    }

    @Override
    public ProviderTraits traits() {
        ProviderTraits.Builder traits = ProviderTraits.builder();
        if (!has(Flaw.SAYS_NOTHING_OF_LONG_CALLS)) {
            traits.longestCall(timeout);
        }
        return traits.maxBatchSize(has(Flaw.CHANGES_ITS_TRAITS) && refusedOnce ? 1 : 20)
                .absenceProof(Duration.ofMinutes(1))
                .build();
    }

    @Override
    public List<SubmitOutcome> submit(List<Submission> batch) {
        if (batch.isEmpty() || (batch.size() > 20 && !has(Flaw.TAKES_TOO_MANY))) {
            throw new IllegalArgumentException("1 to 20 messages");
        }
        if (has(Flaw.LOGS_THE_NUMBER)) {
            log.trace("sending to {}", batch.get(0).recipient().e164());
        }
        if (has(Flaw.LOGS_THE_NUMBER_IN_GROUPS)) {
            String number = batch.get(0).recipient().digits();
            log.trace("sending to +44 {} {}-{}", number.substring(2, 6), number.substring(6, 9), number.substring(9));
        }
        if (has(Flaw.RETRIES_WITH_THE_NEXT_CALL)) {
            repeat();
        }
        if (has(Flaw.LOGS_CREDENTIALS_WITH_JAVA_LOGGING)) {
            java.util.logging.Logger.getLogger("gateway").log(Level.FINEST, "X-Api-Key: {0}", key);
        }
        if (has(Flaw.REMEMBERS_A_REFUSAL) && refusedOnce) {
            return same(batch, SubmitOutcome.Refused.because(FailureReason.ACCOUNT, null, "refused before"));
        }
        calls.incrementAndGet();
        try {
            return handOver(batch);
        } finally {
            calls.decrementAndGet();
        }
    }

    private List<SubmitOutcome> handOver(List<Submission> batch) {
        GatewayHttp.Answer answer = http.post(url + "/send", body(batch));
        if (has(Flaw.RETRIES_A_POST) && answer.status() == 0) {
            answer = http.post(url + "/send", body(batch));
        }
        if (answer.status() == 0 && !has(Flaw.RETRIES_IN_THE_BACKGROUND)) {
            repetitions.add(() -> http.post(url + "/send", body(batch)));
        } else if (answer.status() == 0) {
            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS)
                    .execute(() -> http.post(url + "/send", body(batch)));
        }
        if (has(Flaw.PRINTS_THE_ERROR_BODY) && !answer.isSuccess()) {
            System.err.println(answer.body());
        }
        return outcomes(batch, answer);
    }

    private void repeat() {
        for (Runnable next = repetitions.poll(); next != null; next = repetitions.poll()) {
            next.run();
        }
    }

    @Override
    public void close() {
        if (has(Flaw.RETRIES_WHILE_CLOSING)) {
            repeat();
        }
    }

    private String body(List<Submission> batch) {
        String common = batch.get(0).text();
        return batch.stream()
                .map(item -> JSON.createObjectNode()
                        .put("to", item.recipient().e164())
                        .put("ref", item.reference().toString())
                        .put("text", has(Flaw.SENDS_ONE_TEXT_TO_ALL) ? common : item.text())
                        .toString())
                .collect(Collectors.joining(",", "[", "]"));
    }

    private List<SubmitOutcome> outcomes(List<Submission> batch, GatewayHttp.Answer answer) {
        refusedOnce |= answer.status() >= 400;
        return switch (answer.status()) {
            case -1 -> same(batch, SubmitOutcome.Refused.because(FailureReason.UNAVAILABLE, null, "not sent"));
            case 0 ->
                same(
                        batch,
                        has(Flaw.CALLS_A_LOST_ANSWER_REFUSED)
                                ? SubmitOutcome.Refused.because(FailureReason.UNAVAILABLE, null, "no answer")
                                : new SubmitOutcome.Unknown(null, "no answer"));
            case 200 -> read(batch, answer.body());
            case 500 ->
                has(Flaw.BELIEVES_A_CODE_UNDER_A_SERVER_ERROR)
                        ? same(batch, SubmitOutcome.Refused.because(FailureReason.CONTENT, "500", "it says no"))
                        : same(batch, new SubmitOutcome.Unknown("500", "HTTP status"));
            case 401, 403 -> same(batch, SubmitOutcome.Refused.because(FailureReason.ACCOUNT, "401", "credentials"));
            case 429 ->
                has(Flaw.DOUBTS_A_429)
                        ? same(batch, new SubmitOutcome.Unknown("429", "perhaps taken"))
                        : same(
                                batch,
                                new SubmitOutcome.Refused(
                                        FailureReason.THROTTLED,
                                        "429",
                                        "throttled",
                                        answer.retryAfter().isEmpty()
                                                ? null
                                                : Duration.ofSeconds(Long.parseLong(answer.retryAfter()))));
            default -> same(batch, new SubmitOutcome.Unknown(String.valueOf(answer.status()), "HTTP status"));
        };
    }

    private List<SubmitOutcome> read(List<Submission> batch, String body) {
        var byNumber = new HashMap<String, JsonNode>();
        JsonNode tree = tree(body);
        tree.path("messages").forEach(message -> byNumber.put(message.path("to").asText(), message));
        List<SubmitOutcome> outcomes = new ArrayList<>();
        for (Submission item : batch) {
            SubmitOutcome outcome =
                    outcome(byNumber.getOrDefault(item.recipient().digits(), MissingNode.getInstance()));
            outcomes.add(
                    has(Flaw.MASKS_HALF_OF_THE_NUMBER) && outcome instanceof SubmitOutcome.Refused refused
                            ? SubmitOutcome.Refused.because(
                                    refused.reason(), refused.code(), "no number: " + half(item))
                            : outcome);
        }
        if (has(Flaw.MIXES_UP_THE_BATCH)) {
            Collections.reverse(outcomes);
        }
        boolean oneRefused = outcomes.stream().anyMatch(SubmitOutcome.Refused.class::isInstance);
        return has(Flaw.SHARES_ONE_FATE_IN_A_BATCH) && oneRefused
                ? same(batch, SubmitOutcome.Refused.because(FailureReason.CONTENT, "x", "one of them was refused"))
                : outcomes;
    }

    private static String half(Submission item) {
        String digits = item.recipient().digits();
        return "+" + digits.substring(0, 5) + "****" + digits.substring(9);
    }

    private SubmitOutcome outcome(JsonNode message) {
        String code = message.path("error").asText();
        if (code.equals("bad_number")) {
            return SubmitOutcome.Refused.because(FailureReason.RECIPIENT, code, "number not valid");
        }
        if (!code.isEmpty()) {
            if (!has(Flaw.COUNTS_NO_CODES)) {
                unknownCodes.merge("submit " + (code.matches("[0-9]{1,6}") ? code : "other"), 1L, Long::sum);
            }
            return new SubmitOutcome.Unknown(null, "a code that this version does not know");
        }
        String id = message.path("id").asText();
        if (id.isBlank()) {
            return new SubmitOutcome.Unknown("200", "no id");
        }
        String before = lastId;
        lastId = id;
        return SubmitOutcome.Accepted.as(has(Flaw.MIXES_UP_THREADS) && calls.get() > 1 ? before : id);
    }

    private static List<SubmitOutcome> same(List<Submission> batch, SubmitOutcome outcome) {
        return Collections.nCopies(batch.size(), outcome);
    }

    private JsonNode tree(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            if (has(Flaw.THROWS_ON_BAD_JSON)) {
                throw new IllegalStateException("bad JSON");
            }
            return MissingNode.getInstance();
        }
    }

    @Override
    public int maxLookupBatch() {
        return 50;
    }

    @Override
    public List<LookupAnswer> lookUp(List<SentAttempt> attempts) {
        String ids = attempts.stream()
                .map(attempt -> attempt.providerMessageIds().get(0))
                .collect(Collectors.joining(","));
        Optional<Map<String, Receipt>> known = list(http.get(url + "/status?ids=" + ids));
        return attempts.stream()
                .map(attempt -> has(Flaw.WANTS_THE_REFERENCE) && attempt.reference() == null
                        ? new LookupAnswer.Unclear("no reference")
                        : answer(known, attempt.providerMessageIds().get(0)))
                .toList();
    }

    @Override
    public LookupAnswer find(DoubtfulAttempt attempt) {
        String path = "/status?number=" + attempt.recipient().digits();
        for (int page = 1; page <= 10; page++) {
            GatewayHttp.Answer answer = http.get(url + path + "&page=" + page);
            Optional<Map<String, Receipt>> known = list(answer);
            Optional<Receipt> ours = known.flatMap(map -> map.values().stream()
                    .filter(receipt -> has(Flaw.TAKES_ANYBODYS_MESSAGE)
                            || attempt.reference().equals(receipt.reference()))
                    .findFirst());
            boolean isLast =
                    known.isEmpty() || !tree(answer.body()).path("more").asBoolean() || has(Flaw.READS_ONE_PAGE);
            if (ours.isPresent() || isLast) {
                return answer(known, ours.map(Receipt::providerMessageId).orElse(""));
            }
        }
        return new LookupAnswer.Unclear("too many pages");
    }

    private LookupAnswer answer(Optional<Map<String, Receipt>> known, String id) {
        if (known.isEmpty()) {
            return has(Flaw.TAKES_A_FAILED_LOOKUP_FOR_ABSENCE)
                    ? new LookupAnswer.Absent()
                    : new LookupAnswer.Failed(null, "no list of messages", null);
        }
        Receipt receipt = known.get().get(id);
        return receipt == null ? new LookupAnswer.Absent() : new LookupAnswer.Found(List.of(receipt));
    }

    private static AttemptId reference(JsonNode message) {
        try {
            return AttemptId.parse(message.path("ref").asText());
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** By id; empty if there is no complete list. */
    private Optional<Map<String, Receipt>> list(GatewayHttp.Answer answer) {
        JsonNode messages = tree(answer.body()).path("messages");
        if (answer.status() != 200 || !messages.isArray()) {
            return Optional.empty();
        }
        var receipts = new TreeMap<String, Receipt>();
        for (JsonNode message : messages) {
            String id = message.path("id").asText();
            if (!id.isBlank()) {
                ReceiptState state = message.path("status").asText().equals("delivered")
                        ? ReceiptState.DELIVERED
                        : ReceiptState.UNKNOWN;
                String said = has(Flaw.PASSES_ON_THE_DESCRIPTION)
                        ? message.path("description").asText()
                        : null;
                receipts.put(id, new Receipt(account, id, reference(message), state, "delivered", said, null));
            }
        }
        return Optional.of(receipts);
    }

    @Override
    public int maxCheckBatch() {
        return 10;
    }

    @Override
    public List<RecipientFinding> check(List<PhoneNumber> recipients) {
        String numbers = recipients.stream().map(PhoneNumber::digits).collect(Collectors.joining(","));
        GatewayHttp.Answer answer = http.get(url + "/check?numbers=" + numbers);
        Set<String> good = answer.status() != 200
                ? Set.of()
                : StreamSupport.stream(tree(answer.body()).path("good").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.toSet());
        return recipients.stream()
                .map(number -> good.contains(number.digits())
                        ? RecipientFinding.of(RecipientFinding.Reach.POSSIBLE, RecipientFinding.Line.MOBILE, "mobile")
                        : RecipientFinding.unknown(null, "not told", null))
                .toList();
    }

    @Override
    public LogAnswer readLog(Instant from, Instant until, String cursor) {
        return list(http.get(url + "/log?from=" + from + "&until=" + until))
                .<LogAnswer>map(receipts -> new LogAnswer.Page(List.copyOf(receipts.values()), null))
                .orElseGet(() -> new LogAnswer.Failed(null, "no list of messages", null));
    }

    @Override
    public WebhookVerdict parse(WebhookRequest request) {
        return webhooks.parse(request);
    }

    @Override
    public Map<String, Long> unknownCodes() {
        return Map.copyOf(unknownCodes);
    }
}
