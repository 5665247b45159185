// SPDX-License-Identifier: Apache-2.0

/**
 * Copies of calls to other instances or another service, their answers ignored: to try a
 * new version under real calls. Bounded in flight, and never counted against the caller.
 * Not for calls whose second execution does harm.
 */
@NullMarked
package io.governance.selection.mirror;

import org.jspecify.annotations.NullMarked;
