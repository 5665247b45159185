// SPDX-License-Identifier: Apache-2.0

/**
 * The access log: one line for each request when its response is complete, in the order
 * of fields of the mesh's default format or as JSON. Servers hand over a record of
 * fields; one thread of ours masks, formats and writes it.
 */
@NullMarked
package io.governance.tracing.accesslog;

import org.jspecify.annotations.NullMarked;
