package io.github.smsdispatch.testkit.provider;

import io.github.smsdispatch.spi.WebhookEvent;
import io.github.smsdispatch.spi.WebhookRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A request that the provider sends us, rightly signed, with what it tells and what protects it: the contract's tests
 * forge it. Immutable.
 */
public final class GenuineWebhook {
    enum Protection {
        NONE,
        HEADER,
        PARAMETER,
        URL
    }

    private final String what;
    private final WebhookRequest request;
    private final List<WebhookEvent> events;
    private final Protection protection;
    private final String protector;
    private final boolean urlIsSigned;
    private final @Nullable WebhookRequest old;
    private final @Nullable Function<byte[], WebhookRequest> signer;

    private GenuineWebhook(
            String what,
            WebhookRequest request,
            List<WebhookEvent> events,
            Protection protection,
            String protector,
            boolean urlIsSigned,
            @Nullable WebhookRequest old,
            @Nullable Function<byte[], WebhookRequest> signer) {
        this.what = what;
        this.request = request;
        this.events = events;
        this.protection = protection;
        this.protector = protector;
        this.urlIsSigned = urlIsSigned;
        this.old = old;
        this.signer = signer;
    }

    /**
     * A request without protection; say with one of the other methods what protects it.
     *
     * @param what for the test's messages, such as {@code receipt}
     * @param request as the provider sends it for the account that the contract's settings describe
     * @param events what it tells
     */
    public static GenuineWebhook of(String what, WebhookRequest request, WebhookEvent... events) {
        return new GenuineWebhook(what, request, List.of(events), Protection.NONE, "", false, null, null);
    }

    /** Signed over the body, with the signature in this header. */
    public GenuineWebhook signedInHeader(String name) {
        return new GenuineWebhook(what, request, events, Protection.HEADER, name, urlIsSigned, old, signer);
    }

    /** Signed over all other parameters, with the signature in this parameter of query, form or JSON object. */
    public GenuineWebhook signedInParameter(String name) {
        return new GenuineWebhook(what, request, events, Protection.PARAMETER, name, urlIsSigned, old, signer);
    }

    /** Not signed; this secret in the URL is all that protects it, so whoever knows the URL can change the body. */
    public GenuineWebhook withSecretInUrl(String secret) {
        return new GenuineWebhook(what, request, events, Protection.URL, secret, urlIsSigned, old, signer);
    }

    /** The signature covers the URL as well. */
    public GenuineWebhook urlSigned() {
        return new GenuineWebhook(what, request, events, protection, protector, true, old, signer);
    }

    /** The same request, rightly signed so long ago that it must be refused. */
    public GenuineWebhook tooOld(WebhookRequest oldRequest) {
        return new GenuineWebhook(what, request, events, protection, protector, urlIsSigned, oldRequest, signer);
    }

    /**
     * How the same request is signed with another body. With it the tests see what becomes of nonsense that is rightly
     * signed.
     */
    public GenuineWebhook signedBy(Function<byte[], WebhookRequest> newSigner) {
        return new GenuineWebhook(what, request, events, protection, protector, urlIsSigned, old, newSigner);
    }

    WebhookRequest request() {
        return request;
    }

    List<WebhookEvent> events() {
        return events;
    }

    Protection protection() {
        return protection;
    }

    /** The header, parameter or secret. */
    String protector() {
        return protector;
    }

    boolean isBodySigned() {
        return protection == Protection.HEADER || protection == Protection.PARAMETER;
    }

    boolean isUrlSigned() {
        return urlIsSigned;
    }

    @Nullable
    WebhookRequest old() {
        return old;
    }

    @Nullable
    Function<byte[], WebhookRequest> signer() {
        return signer;
    }

    @Override
    public String toString() {
        return what;
    }
}
