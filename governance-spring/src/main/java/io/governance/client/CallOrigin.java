// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import io.governance.context.LabelSource;

/**
 * Whom outbound calls come from. Thread-safe.
 *
 * @param caller this process's own service, as it is named to those it calls
 * @param labels gives the labels of the call that a thread works for
 */
public record CallOrigin(String caller, LabelSource labels) {
}
