// SPDX-License-Identifier: Apache-2.0

/**
 * Layers around Spring's blocking HTTP clients. A layer is a request factory around a
 * request factory, not an interceptor: Spring buffers the whole body in memory as soon as
 * a client has one interceptor.
 */
@NullMarked
package io.governance.client;

import org.jspecify.annotations.NullMarked;
