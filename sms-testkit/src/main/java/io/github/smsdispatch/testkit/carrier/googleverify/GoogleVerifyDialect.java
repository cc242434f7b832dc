package io.github.smsdispatch.testkit.carrier.googleverify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyCredentials;
import io.github.smsdispatch.testkit.carrier.GoogleVerifyRealm;
import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.CarrierMessage;
import io.github.smsdispatch.testkit.carrier.wire.Decision;
import io.github.smsdispatch.testkit.carrier.wire.Declined;
import io.github.smsdispatch.testkit.carrier.wire.Dialect;
import io.github.smsdispatch.testkit.carrier.wire.Draft;
import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import io.github.smsdispatch.testkit.carrier.wire.HttpCall;
import io.github.smsdispatch.testkit.carrier.wire.Item;
import io.github.smsdispatch.testkit.carrier.wire.Json;
import io.github.smsdispatch.testkit.carrier.wire.Life;
import io.github.smsdispatch.testkit.carrier.wire.Reading;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The admin API of an Exposure Notifications Verification Server
 * (github.com/google/exposure-notifications-verification-server at commit 5a27cc4, read 2026-11: docs/api.md and the files
 * named where a fact is used). It asks for no texts and reports nothing; it sends texts of its own.
 */
public final class GoogleVerifyDialect implements Dialect {
    public static final String PROVIDER = "googleverify";

    private static final String ISSUE = "/api/issue";
    private static final String BATCH_ISSUE = "/api/batch-issue";
    private static final String CHECK = "/api/checkcodestatus";
    private static final String EXPIRE = "/api/expirecode";
    private static final Set<String> PATHS = Set.of(ISSUE, BATCH_ISSUE, CHECK, EXPIRE);

    private static final int MAX_BODY = 64_000;
    private static final int MAX_BATCH = 10;
    private static final Duration RATE_LIMIT_PAUSE = Duration.ofSeconds(2);

    private final GoogleVerifyCredentials credentials;
    private final GoogleVerifyRealm realm;
    private final CarrierBooks books;
    private final GoogleVerifyCodes codes;
    private final GoogleVerifyOrders orders;

    public GoogleVerifyDialect(GoogleVerifyCredentials credentials, GoogleVerifyRealm realm, CarrierBooks books) {
        this.credentials = credentials;
        this.realm = realm;
        this.books = books;
        this.codes = new GoogleVerifyCodes(books);
        this.orders = new GoogleVerifyOrders(realm, books, codes);
    }

    @Override
    public String provider() {
        return PROVIDER;
    }

    @Override
    public boolean speaks(HttpCall call) {
        return PATHS.contains(call.path());
    }

    @Override
    public boolean isLookup(HttpCall call) {
        return call.path().equals(CHECK);
    }

    /** First the key, then the request (internal/routes/adminapi.go, pkg/controller/json_bind.go). */
    @Override
    public Reading read(HttpCall call) {
        if (!call.method().equals("POST")) {
            return Reading.refused(PROVIDER + " 405", HttpAnswer.plain(405, ""));
        }
        if (!credentials.apiKey().equals(call.header("x-api-key"))) {
            return GoogleVerifyErrors.refused(401, null, "unauthorized");
        }
        boolean issues = call.path().equals(ISSUE) || call.path().equals(BATCH_ISSUE);
        if (issues && realm.isInMaintenance()) {
            return GoogleVerifyErrors.refused(429, "maintenance_mode", "server is read-only for maintenance");
        }
        JsonNode body = body(call);
        if (body == null) {
            return GoogleVerifyErrors.refused(400, GoogleVerifyErrors.UNPARSABLE, "invalid json");
        }
        return switch (call.path()) {
            case ISSUE -> issue(body);
            case BATCH_ISSUE -> batchIssue(body);
            case CHECK -> Reading.answered(codes.status(body.path("uuid").asText()));
            // Not a submission, and harmless to repeat: done on reading.
            default -> Reading.answered(codes.expire(body.path("uuid").asText()));
        };
    }

    private static @Nullable JsonNode body(HttpCall call) {
        String type = call.header("content-type");
        if (type == null
                || !type.startsWith("application/json")
                || call.body().getBytes(StandardCharsets.UTF_8).length > MAX_BODY) {
            return null;
        }
        try {
            JsonNode body = Json.parse(call.body());
            return body.isObject() ? body : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Reading issue(JsonNode order) {
        if (!GoogleVerifyOrders.isReadable(order)) {
            return GoogleVerifyErrors.refused(400, GoogleVerifyErrors.UNPARSABLE, "unknown field");
        }
        Item item = orders.read(order, 0);
        if (item instanceof Draft draft) {
            return Reading.submission(draft);
        }
        var declined = (Declined) item;
        HttpAnswer answer = single(declined);
        return declined.kind() == null ? Reading.answered(answer) : Reading.refused(declined.kind(), answer);
    }

    private Reading batchIssue(JsonNode body) {
        JsonNode list = body.path("codes");
        var wanted = new ArrayList<JsonNode>();
        list.forEach(wanted::add);
        if (!list.isArray() || !wanted.stream().allMatch(GoogleVerifyOrders::isReadable)) {
            return GoogleVerifyErrors.refused(400, GoogleVerifyErrors.UNPARSABLE, "unknown field");
        }
        if (!realm.allowsBulkUpload()) {
            return GoogleVerifyErrors.refused(400, null, "bulk issuing is not enabled on this realm");
        }
        if (wanted.size() > MAX_BATCH) {
            return GoogleVerifyErrors.refused(400, null, "batch size limit [" + MAX_BATCH + "] exceeded");
        }
        if (wanted.isEmpty()) {
            return Reading.answered(HttpAnswer.json(200, batch(List.of())));
        }
        var items = new ArrayList<Item>();
        int drafts = 0;
        for (JsonNode order : wanted) {
            Item item = orders.read(order, drafts);
            drafts += item instanceof Draft ? 1 : 0;
            items.add(item);
        }
        return Reading.batch(items);
    }

    @Override
    public List<String> newIds(Draft draft, RandomGenerator random) {
        return List.of(new UUID(random.nextLong(), random.nextLong()).toString());
    }

    @Override
    public Declined alreadyKnown(Draft draft, CarrierMessage first) {
        return codes.alreadyKnown(first.id());
    }

    @Override
    public HttpAnswer answer(HttpCall call, List<Decision> decisions) {
        if (call.path().equals(ISSUE)) {
            return decisions.get(0).fold(message -> HttpAnswer.json(200, padded(codes.issued(message))), this::single);
        }
        List<JsonNode> items = decisions.stream()
                .map(decision -> decision.<JsonNode>fold(codes::issued, Declined::answer))
                .toList();
        // The status is that of the first item that failed (handle_issue_batch.go).
        int status = items.stream()
                .filter(GoogleVerifyErrors::isError)
                .mapToInt(GoogleVerifyErrors::statusOf)
                .findFirst()
                .orElse(200);
        return HttpAnswer.json(status, batch(items));
    }

    private static ObjectNode batch(List<JsonNode> items) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("codes");
        items.forEach(list::add);
        items.stream().filter(GoogleVerifyErrors::isError).findFirst().ifPresent(error -> {
            long failed = items.stream().filter(GoogleVerifyErrors::isError).count();
            body.put("error", "Failed to issue " + failed + " codes. See each error status in the codes array.");
            if (error.has("errorCode")) {
                body.set("errorCode", error.get("errorCode"));
            }
        });
        return padded(body);
    }

    private HttpAnswer single(Declined declined) {
        JsonNode answer = declined.answer();
        if (!GoogleVerifyErrors.isError(answer)) {
            return HttpAnswer.json(200, padded((ObjectNode) answer));
        }
        int status = GoogleVerifyErrors.statusOf(answer);
        if (status == 500) {
            return failed();
        }
        // Every 409 leaves as a 200 that holds nothing, as for a user report (handle_issue.go, decodeAndIssue).
        return status == 409
                ? HttpAnswer.json(200, padded(Json.object().put("expiresAt", "").put("expiresAtTimestamp", 0)))
                : HttpAnswer.json(status, answer);
    }

    private static ObjectNode padded(ObjectNode body) {
        return body.put("padding", GoogleVerifyCodes.PADDING);
    }

    /** The rate limit (pkg/ratelimit/limitware/middleware.go): no JSON, and a date that ends in UTC. */
    @Override
    public HttpAnswer throttled() {
        Instant now = books.now();
        String until = GoogleVerifyCodes.DATE.format(now.plus(RATE_LIMIT_PAUSE));
        return HttpAnswer.plain(429, "Too Many Requests\n")
                .withHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)))
                .withHeader("Retry-After", until)
                .withHeader("X-RateLimit-Limit", "120")
                .withHeader("X-RateLimit-Remaining", "0")
                .withHeader("X-RateLimit-Reset", until);
    }

    @Override
    public HttpAnswer unavailable() {
        return HttpAnswer.html(503, "Service Unavailable");
    }

    /** The reason is for the server's log alone (pkg/render/json.go). */
    @Override
    public HttpAnswer failed() {
        return HttpAnswer.json(500, Json.object().put("error", "Internal server error"));
    }

    /** Of the server's own SMS provider; nobody is told. */
    @Override
    public List<String> undeliveredCodes() {
        return List.of("30003", "30005", "30006", "30007");
    }

    @Override
    public @Nullable String expiredCode() {
        return null;
    }

    @Override
    public List<WebhookRequest> receipts(CarrierMessage message, Life.Step step, URI to) {
        throw new UnsupportedOperationException("provider " + PROVIDER + " reports nothing");
    }
}
