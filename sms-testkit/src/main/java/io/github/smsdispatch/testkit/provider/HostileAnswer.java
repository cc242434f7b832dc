package io.github.smsdispatch.testkit.provider;

/** An answer that no API should give. */
final class HostileAnswer {
    private final String name;
    private final String contentType;
    private final byte[] body;
    private final boolean unreadable;

    /**
     * @param name for the test's messages
     * @param unreadable whether nothing can be learned from it, so that only a doubt is honest
     */
    HostileAnswer(String name, String contentType, byte[] body, boolean unreadable) {
        this.name = name;
        this.contentType = contentType;
        this.body = body;
        this.unreadable = unreadable;
    }

    String name() {
        return name;
    }

    boolean unreadable() {
        return unreadable;
    }

    /** Gives this answer. */
    FaultServer.Script withStatus(int status) {
        return FaultScripts.answering(status, contentType, body);
    }
}
