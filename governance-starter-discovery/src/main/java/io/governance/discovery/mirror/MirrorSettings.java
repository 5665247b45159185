// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.mirror;

import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * How copies are sent.
 *
 * @param timeout how long a copy may take, its answer included
 * @param connectTimeout how long it may take to make a connection
 * @param tls how instances that speak TLS are trusted; asked for each copy, so that it
 * can change; gives {@code null} for the platform's own way
 */
public record MirrorSettings(Duration timeout, Duration connectTimeout, Supplier<@Nullable SSLContext> tls) {
}
