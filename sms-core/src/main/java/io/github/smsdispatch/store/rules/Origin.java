package io.github.smsdispatch.store.rules;

/** Who wants that a recipient gets no texts. */
public enum Origin {
    /** An operator, who alone takes it back. */
    OPERATOR,

    /** The recipient, by a word of theirs or through a provider that refuses to send to them. */
    RECIPIENT
}
