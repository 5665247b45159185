// SPDX-License-Identifier: Apache-2.0

/**
 * Every kind of client in an application with the whole suite: the same contract.
 */
package io.governance.verification.clients;
