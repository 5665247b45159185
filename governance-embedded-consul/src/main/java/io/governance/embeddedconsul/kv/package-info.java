// SPDX-License-Identifier: Apache-2.0

/**
 * The key/value store and its snapshot file.
 */
@NullMarked
package io.governance.embeddedconsul.kv;

import org.jspecify.annotations.NullMarked;
