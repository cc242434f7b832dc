package io.github.smsdispatch.googleverify;

import io.github.smsdispatch.PhoneNumber;
import java.util.UUID;

/**
 * One code to be issued.
 *
 * @param uuid our reference. The server wants a UUID and asks for no version of it, nor does its database
 *     (docs/api.md, pkg/database/vercode.go): ours, of version 7, will do
 * @param phone where the text goes
 * @param request what code
 */
record CodeOrder(UUID uuid, PhoneNumber phone, CodeRequest request) {}
