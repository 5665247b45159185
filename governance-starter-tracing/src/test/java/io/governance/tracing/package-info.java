// SPDX-License-Identifier: Apache-2.0

/**
 * Tests of the whole starter: two applications on free ports and a client without
 * tracing.
 */
package io.governance.tracing;
