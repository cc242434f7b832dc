package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.wire.CarrierBooks;
import io.github.smsdispatch.testkit.carrier.wire.Dialect;
import io.github.smsdispatch.testkit.carrier.wire.InboundText;
import io.github.smsdispatch.testkit.carrier.wire.WebhookRequest;
import java.net.URI;
import java.util.List;

/** Posts what phones say, once and at once: texts and opt-outs. What a receiver does not take is not sent again. */
final class Webhooks {
    private final WebhookUrls urls;
    private final Fates fates;
    private final WebhookPoster poster;

    Webhooks(WebhookUrls urls, Fates fates, WebhookPoster poster) {
        this.urls = urls;
        this.fates = fates;
        this.poster = poster;
    }

    boolean sendText(Dialect dialect, InboundText text) throws InterruptedException {
        return post(dialect.inboundText(text, fates.drawForText(), url(dialect)));
    }

    boolean sendOptOut(Dialect dialect, CarrierBooks books, String recipient, String sender)
            throws InterruptedException {
        List<WebhookRequest> notice = dialect.optOutNotice(recipient, sender, url(dialect));
        books.optOut(recipient, sender);
        return post(notice);
    }

    private URI url(Dialect dialect) {
        URI url = urls.of(dialect.provider());
        if (url == null) {
            throw new IllegalStateException("provider " + dialect.provider() + " has no inboundUrl to post to");
        }
        return url;
    }

    /** Every part goes out, whatever became of the one before. */
    private boolean post(List<WebhookRequest> requests) throws InterruptedException {
        boolean all = true;
        for (WebhookRequest request : requests) {
            all &= poster.post(request);
        }
        return all;
    }
}
